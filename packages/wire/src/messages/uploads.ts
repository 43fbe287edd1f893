/** Uploads that can be resumed: a file in pieces, each going on where the last one ended. */
import { type Static, Type } from 'typebox'
import { Upload as Bytes, get, operations, post } from '../operation.ts'
import { Id, Millis, MOST_BYTES, Text } from '../records.ts'
import { FileInfo } from './files.ts'

/** `file_offset` bytes of `file_size` are here. */
export const UploadSession = Type.Object({
  id: Id,
  type: Type.Literal('attachment'),
  create_at: Millis,
  user_id: Id,
  channel_id: Id,
  filename: Type.String(),
  file_size: Type.Integer({ minimum: 0 }),
  file_offset: Type.Integer({ minimum: 0 }),
  remote_id: Type.String(),
  req_file_id: Type.String(),
})
export type UploadSession = Static<typeof UploadSession>

const NewUpload = Type.Object({
  channel_id: Id,
  filename: Text(1024, 1),
  file_size: Type.Integer({ minimum: 1, maximum: MOST_BYTES }),
  type: Type.Optional(Text(32)),
})

export const uploads = operations('uploads', {
  create: post('/uploads', { body: NewUpload, reply: UploadSession, status: 201 }),
  /** Ends whoever is sending a piece, so that the offset stays true until one goes on from there; so does the list. */
  get: get('/uploads/{upload_id}', { reply: UploadSession }),
  /** Goes on at the offset; without a body (204) until all of the file is here. One at a time, and no byte more than the upload still needs. */
  send: post('/uploads/{upload_id}', { body: Bytes, reply: FileInfo }),
  listOfUser: get('/users/{user_id}/uploads', { reply: Type.Array(UploadSession) }),
})
