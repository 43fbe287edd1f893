import { fact } from '../../../core/facts.ts'

/** The content of a file has been read and is in `file_contents`. Not told for files without text. */
export const fileContentRead = fact<{ file_id: string }>('file.content_read')
/** Files were deleted, with everything that led to them. */
export const filesErased = fact<{ ids: string[] }>('file.erased')
