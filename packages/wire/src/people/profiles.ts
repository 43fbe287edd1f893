/** The pictures of people. */
import { text } from '../input.ts'
import { del, get, operations, post, Upload } from '../operation.ts'
import { Ok } from '../records.ts'

const PNG = 'image/png'

/**
 * `_` is `last_picture_update`: it changes the address when the picture changes, so caches fetch the new one.
 */
const shown = { query: { _: text(32) }, type: PNG }

export const profiles = operations('profiles', {
  image: get('/users/{user_id}/image', shown),
  setImage: post('/users/{user_id}/image', { body: Upload, reply: Ok }),
  removeImage: del('/users/{user_id}/image', { reply: Ok }),
  defaultImage: get('/users/{user_id}/image/default', shown),
})
