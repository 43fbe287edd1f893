import { fact } from '../../../core/facts.ts'

/** What is written in a file is known now: the row of `file_contents` has it. Nothing is told of files without text. */
export const fileContentRead = fact<{ file_id: string }>('file.content_read')
/** Files are gone, with everything that led to them. */
export const filesErased = fact<{ ids: string[] }>('file.erased')
