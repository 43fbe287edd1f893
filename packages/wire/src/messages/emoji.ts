/** Custom emoji: pictures with names that people of the server make, for everybody on it. */
import { type Static, Type } from 'typebox'
import { choice, page, perPage, text } from '../input.ts'
import { del, get, operations, post, Upload } from '../operation.ts'
import { Id, JsonText, Millis, Ok, Text } from '../records.ts'

/** A name of a system emoji or a custom one. */
export const EmojiName = Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-zA-Z0-9+_-]+$' })

/**
 * `update_at` and `delete_at` exist for clients that read them. An emoji never changes, and a deleted one is
 * gone.
 */
export const CustomEmoji = Type.Object({
  id: Id,
  create_at: Millis,
  update_at: Millis,
  delete_at: Millis,
  creator_id: Id,
  name: EmojiName,
})
export type CustomEmoji = Static<typeof CustomEmoji>

/** The largest picture that can be sent: its bytes, and its pixels in each direction (v4's limits). */
export const MOST_EMOJI_BYTES = 512 * 1024
export const MOST_EMOJI_EDGE = 1028
/** The media types that such a picture can have. */
export const EMOJI_TYPES = ['image/png', 'image/jpeg', 'image/gif'] as const

/**
 * The form field `emoji` as JSON when a person creates an emoji. The form field `image` holds the picture.
 */
export const NewEmoji = Type.Object({ name: EmojiName, creator_id: Type.Optional(Id) })
export type NewEmoji = Static<typeof NewEmoji>

const List = Type.Array(CustomEmoji)

export const emoji = operations('emoji', {
  list: get('/emoji', { query: { page, per_page: perPage, sort: choice('', 'name') }, reply: List }),
  create: post('/emoji', { body: Upload, reply: CustomEmoji }),
  autocomplete: get('/emoji/autocomplete', { query: { name: text(64) }, reply: List }),
  getByName: get('/emoji/name/{emoji_name}', { reply: CustomEmoji }),
  listByNames: post('/emoji/names', { body: Type.Array(Text(64), { maxItems: 200 }), reply: List }),
  search: post('/emoji/search', {
    body: Type.Object({ term: Text(64, 1), prefix_only: Type.Optional(Type.Boolean()) }),
    reply: List,
  }),
  get: get('/emoji/{emoji_id}', { reply: CustomEmoji }),
  image: get('/emoji/{emoji_id}/image', { type: 'image/png' }),
  remove: del('/emoji/{emoji_id}', { reply: Ok }),
})

/** `emoji` is JSON of CustomEmoji. */
export const emojiEvents = {
  emoji_added: Type.Object({ emoji: JsonText(CustomEmoji) }),
}
