/** Parses pages in a separate thread (core/worker.ts). */
import { answerWith } from '../../../core/worker-side.ts'
import { decoded } from './charset.ts'
import { readPage } from './page.ts'

/** The bytes of a page, and the content type that its server sent. */
export type PageBytes = { url: string; type: string; bytes: Uint8Array }

answerWith(({ url, type, bytes }: PageBytes) => readPage(url, decoded(bytes, type)))
