import {
  type CustomEmoji,
  type emoji,
  type Incoming,
  type InputOf,
  isSystemEmoji,
  MOST_EMOJI_BYTES,
  NewEmoji,
} from '@plausch/wire'
import { sourceOf } from '../../../core/blobs/blobs.ts'
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { isForm, readForm } from '../../../core/forms.ts'
import { newId } from '../../../core/ids.ts'
import { atMost } from '../../../core/incoming.ts'
import { Streamed } from '../../../core/route.ts'
import { compiled } from '../../../core/schemas.ts'
import { discardBlobs, loosenBlobs, ownBlobs, putBlob } from '../../ground/storage/index.ts'
import { mayCreateEmoji } from './access.ts'
import { announceAdded, tellDeleted } from './events.ts'
import { pictureOf } from './picture.ts'
import { keyOf, shownEmoji } from './records.ts'
import {
  deleteEmoji,
  type EmojiRow,
  findEmojiByNames,
  holdEmoji,
  insertEmoji,
  listEmoji,
  searchEmoji,
} from './store.ts'

const MOST_FOUND = 100

const invalid = (name: string) => new Fault('api.context.invalid_body_param.app_error', { name })

/** Reads the form field that describes the emoji as JSON. */
const readRecord = (field: string | undefined): NewEmoji => {
  let sent: unknown
  try {
    sent = JSON.parse(field ?? '')
  } catch {
    throw invalid('emoji')
  }
  if (typeof sent !== 'object' || sent === null) throw invalid('emoji')
  const { name, creator_id } = sent as Record<string, unknown>
  const record = creator_id ? { name, creator_id } : { name }
  if (!compiled(NewEmoji).Check(record)) throw new Fault('emoji.name')
  if (isSystemEmoji(record.name)) throw new Fault('emoji.name')
  return record
}

const tooLarge = () => new Fault('emoji.too_large', { max: MOST_EMOJI_BYTES })

const readSent = async (incoming: Incoming): Promise<{ record: NewEmoji; bytes: Buffer }> => {
  if (!isForm(incoming)) throw new Fault('pictures.none')
  const parts: Uint8Array[] = []
  let isThere = false
  const fields = await readForm(incoming, 1, async ({ field, bytes }) => {
    if (field !== 'image') throw new Fault('pictures.none')
    isThere = true
    for await (const part of atMost(bytes, MOST_EMOJI_BYTES, tooLarge)) parts.push(part)
  })
  if (!isThere) throw new Fault('pictures.none')
  return { record: readRecord(fields.get('emoji')?.at(-1)), bytes: Buffer.concat(parts) }
}

/**
 * Writes the picture first, then the row in a transaction. If the row fails, the picture is deleted again.
 */
export const create = async (
  context: Context,
  { body }: InputOf<typeof emoji.create>,
): Promise<CustomEmoji> => {
  const { server, actor, request, now, db } = context
  const { record, bytes } = await readSent(body)
  if (record.creator_id !== undefined && record.creator_id !== actor.userId)
    throw new Fault('api.context.permissions.app_error')
  if ((await findEmojiByNames(db, [record.name])).length > 0) throw new Fault('emoji.name_taken')
  const picture = await pictureOf(context, bytes)
  const row: EmojiRow = {
    id: newId(now),
    create_at: now,
    creator_id: actor.userId,
    name: record.name,
    mime_type: picture.type,
    size: picture.bytes.length,
  }
  await putBlob(server, keyOf(row), sourceOf(picture.bytes))
  try {
    await change(server, { actor, request }, async (inside) => {
      await mayCreateEmoji(inside)
      await insertEmoji(inside.db, row)
      await ownBlobs(inside, [keyOf(row)])
      announceAdded(inside, row)
    })
  } catch (error) {
    discardBlobs(server, [keyOf(row)])
    throw error
  }
  return shownEmoji(row)
}

export const list = async (
  { db }: Context,
  { query }: InputOf<typeof emoji.list>,
): Promise<CustomEmoji[]> => {
  const rows = await listEmoji(
    db,
    query.sort === 'name',
    query.per_page,
    Math.max(query.page, 0) * query.per_page,
  )
  return rows.map(shownEmoji)
}

export const autocomplete = async (
  { db }: Context,
  { query }: InputOf<typeof emoji.autocomplete>,
): Promise<CustomEmoji[]> => {
  if (query.name === '') throw new Fault('api.context.invalid_url_param.app_error', { name: 'name' })
  return (await searchEmoji(db, query.name, true, MOST_FOUND)).map(shownEmoji)
}

export const search = async (
  { db }: Context,
  { body }: InputOf<typeof emoji.search>,
): Promise<CustomEmoji[]> =>
  (await searchEmoji(db, body.term, body.prefix_only ?? false, MOST_FOUND * 2)).map(shownEmoji)

/** Leaves out names that do not exist. */
export const listByNames = async (
  { db }: Context,
  { body }: InputOf<typeof emoji.listByNames>,
): Promise<CustomEmoji[]> => (await findEmojiByNames(db, body)).map(shownEmoji)

export const getByName = async (
  { db }: Context,
  { params }: InputOf<typeof emoji.getByName>,
): Promise<CustomEmoji> => {
  const [row] = await findEmojiByNames(db, [params.emoji_name])
  if (!row) throw new Fault('emoji.not_found')
  return shownEmoji(row)
}

export const get = (_context: Context, _input: unknown, row: EmojiRow): CustomEmoji => shownEmoji(row)

/** The picture of an id never changes. */
export const image = ({ server, head }: Context, _input: unknown, row: EmojiRow): Streamed => {
  head.header('cache-control', 'private, max-age=2592000, immutable')
  return new Streamed({
    size: row.size,
    type: row.mime_type,
    etag: `"${row.id}"`,
    open: (range) => server.blobs.get(keyOf(row), range),
  })
}

export const remove = async (context: Context, _input: unknown, row: EmojiRow) => {
  await deleteEmoji(context.db, row.id)
  await loosenBlobs(context, [keyOf(row)])
  await tellDeleted(context, row)
  return { status: 'OK' as const }
}

const inText = /:([a-zA-Z0-9+_-]{1,64}):/g

/** The custom emoji that a text names. Costs no query if the text names only system emoji. */
export const emojiIn = async ({ db, server }: Context, message: string): Promise<EmojiRow[]> => {
  if (!server.settings().ServiceSettings.EnableCustomEmoji) return []
  const names = new Set([...message.matchAll(inText)].map(([, name = '']) => name))
  const unknown = [...names].filter((name) => !isSystemEmoji(name))
  return unknown.length > 0 ? await findEmojiByNames(db, unknown) : []
}

/** Does a custom emoji with this name exist, and may people use it? Locks it until the transaction ends. */
export const isCustomEmoji = async ({ db, server }: Context, name: string): Promise<boolean> =>
  server.settings().ServiceSettings.EnableCustomEmoji && (await holdEmoji(db, name)) !== undefined
