/** Where the bytes of files are. */
import type { FileInfo } from '@plausch/wire'

export const fileUrl = ({ id }: Pick<FileInfo, 'id'>): string => `/api/v4/files/${id}`
export const downloadUrl = (file: Pick<FileInfo, 'id'>): string => `${fileUrl(file)}?download=1`
export const thumbnailUrl = ({ id }: Pick<FileInfo, 'id'>): string => `/api/v4/files/${id}/thumbnail`

/** The smaller view of a picture that is enough for a message; of moving ones the file itself. */
export const previewUrl = (file: FileInfo): string =>
  file.has_preview_image && file.mime_type !== 'image/gif'
    ? `/api/v4/files/${file.id}/preview`
    : fileUrl(file)

/** The blurred picture that is there at once. */
export const miniature = ({ mini_preview }: FileInfo): string | undefined =>
  mini_preview ? `data:image/jpeg;base64,${mini_preview}` : undefined
