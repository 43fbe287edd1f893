/** Resumable uploads: a client sends a file in pieces, each one continuing where the last one ended. */
import { type Static, Type } from 'typebox'
import { Upload as Bytes, get, operations, post } from '../operation.ts'
import { Id, Millis, MOST_BYTES, Text } from '../records.ts'
import { FileInfo } from './files.ts'

/** The server has `file_offset` of `file_size` bytes. */
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
  /**
   * Ends any request that is still sending a piece, so that the offset stays true until the client continues
   * from it. The list of uploads does the same.
   */
  get: get('/uploads/{upload_id}', { reply: UploadSession }),
  /**
   * Continues at the offset. The reply has no body (204) until the whole file has arrived. An upload takes
   * one request at a time, and no more bytes than it still needs.
   */
  send: post('/uploads/{upload_id}', { body: Bytes, reply: FileInfo }),
  listOfUser: get('/users/{user_id}/uploads', { reply: Type.Array(UploadSession) }),
})
