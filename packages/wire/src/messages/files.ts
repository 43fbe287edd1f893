/** Files that people attach to their messages. */
import { type Static, Type } from 'typebox'
import { flag, idOrNone, text } from '../input.ts'
import { get, head, operations, post, rooted, Upload } from '../operation.ts'
import { Id, IdOrNone, Millis } from '../records.ts'

/**
 * `post_id` is '' until the file is attached to a message. `mini_preview` is a JPEG of 16 × 16 in base64, or
 * null.
 */
export const FileInfo = Type.Object({
  id: Id,
  user_id: Id,
  post_id: IdOrNone,
  channel_id: Id,
  create_at: Millis,
  update_at: Millis,
  delete_at: Millis,
  name: Type.String(),
  extension: Type.String(),
  size: Type.Integer({ minimum: 0 }),
  mime_type: Type.String(),
  width: Type.Integer({ minimum: 0 }),
  height: Type.Integer({ minimum: 0 }),
  has_preview_image: Type.Boolean(),
  mini_preview: Type.Union([Type.String(), Type.Null()]),
  remote_id: Type.String(),
  archived: Type.Boolean(),
})
export type FileInfo = Static<typeof FileInfo>

/** `client_ids` repeats the ids from the request, in the order of the files. */
export const FileUpload = Type.Object({
  file_infos: Type.Array(FileInfo),
  client_ids: Type.Array(Type.String()),
})
export type FileUpload = Static<typeof FileUpload>

const ANY = 'application/octet-stream'
const shown = { query: { download: flag }, type: ANY }
const shared = { query: { h: text(128) }, type: ANY }

export const files = operations('files', {
  upload: post('/files', {
    query: { channel_id: idOrNone, filename: text(1024), client_id: text(128) },
    body: Upload,
    reply: FileUpload,
    status: 201,
  }),
  get: get('/files/{file_id}', shown),
  head: head('/files/{file_id}', shown),
  thumbnail: get('/files/{file_id}/thumbnail', shown),
  headThumbnail: head('/files/{file_id}/thumbnail', shown),
  preview: get('/files/{file_id}/preview', shown),
  headPreview: head('/files/{file_id}/preview', shown),
  info: get('/files/{file_id}/info', { reply: FileInfo }),
  link: get('/files/{file_id}/link', { reply: Type.Object({ link: Type.String() }) }),
  getPublic: rooted.get('/files/{file_id}/public', shared),
  headPublic: rooted.head('/files/{file_id}/public', shared),
})
