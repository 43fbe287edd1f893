/** Reads pages in a thread of its own (core/worker.ts). */
import { answerWith } from '../../../core/worker-side.ts'
import { decoded } from './charset.ts'
import { readPage } from './page.ts'

/** A page as it came, and the content type that its server gave it. */
export type PageBytes = { url: string; type: string; bytes: Uint8Array }

answerWith(({ url, type, bytes }: PageBytes) => readPage(url, decoded(bytes, type)))
