/** The picture on the sign-in page of this server. */
import { del, get, operations, post, Upload } from '../operation.ts'
import { Ok } from '../records.ts'

export const brand = operations('brand', {
  image: get('/brand/image', { type: 'image/png' }),
  setImage: post('/brand/image', { body: Upload, reply: Ok, status: 201 }),
  removeImage: del('/brand/image', { reply: Ok }),
})
