import { formWith, type Person, type Place, place, refused, unique, write } from '@plausch/testkit'
import { type CustomEmoji, emoji, posts, reactions, settings } from '@plausch/wire'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

type Bytes = Uint8Array<ArrayBuffer>
const square = { width: 400, height: 200, channels: 3, background: '#246' } as const
const PNG: Bytes = new Uint8Array(await sharp({ create: square }).png().toBuffer())
const JPEG: Bytes = new Uint8Array(
  await sharp({ create: square })
    .jpeg()
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 30/1 0/1' } })
    .toBuffer(),
)
/** Two frames that differ. */
const MOVING: Bytes = new Uint8Array(
  await sharp(Buffer.concat([Buffer.alloc(200 * 100 * 3, 20), Buffer.alloc(200 * 100 * 3, 200)]), {
    raw: { width: 200, height: 200, channels: 3, pageHeight: 100 },
  })
    .gif()
    .toBuffer(),
)

const send = (by: Person, record: unknown, picture: Bytes | string = PNG, field = 'image') =>
  by.fetch('/api/v4/emoji', {
    method: 'POST',
    body: formWith(field, 'emoji', picture, { emoji: JSON.stringify(record) }),
  })
const make = async (by: Person, name: string, picture: Bytes = PNG): Promise<CustomEmoji> => {
  const response = await send(by, { name, creator_id: by.id }, picture)
  const reply = (await response.json()) as CustomEmoji
  expect(response.status, JSON.stringify(reply)).toBe(200)
  return reply
}
const faultOf = async (response: Response) => ((await response.json()) as { id: string }).id
const switchTo = (isOn: boolean) =>
  at.root.call(settings.patch, { body: { ServiceSettings: { EnableCustomEmoji: isOn } } })
const imageOf = async (by: Person, { id }: CustomEmoji) => {
  const response = await by.fetch(`/api/v4/emoji/${id}/image`)
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}
const react = (by: Person, post_id: string, emoji_name: string) =>
  by.call(reactions.save, { body: { user_id: by.id, post_id, emoji_name } })

describe('creating an emoji', () => {
  it('tells everybody, also people outside the creator’s teams', async () => {
    const heard = [await at.ana.listen(), await at.eve.listen()]
    const name = unique('party')
    const made = await make(at.bo, name)
    expect(made).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{26}$/),
      create_at: expect.any(Number),
      update_at: made.create_at,
      delete_at: 0,
      creator_id: at.bo.id,
      name,
    })
    for (const listener of heard) {
      const told = await listener.next('emoji_added')
      expect(Object.keys(told)).toEqual(['emoji'])
      expect(JSON.parse(told.emoji)).toEqual(made)
    }
    expect(await at.eve.call(emoji.get, { params: { emoji_id: made.id } })).toEqual(made)
    expect(await at.eve.call(emoji.getByName, { params: { emoji_name: name } })).toEqual(made)
  })

  it('stores a picture of 128 pixels without metadata, which browsers may cache', async () => {
    const made = await make(at.bo, unique('photo'), JPEG)
    const { response, bytes } = await imageOf(at.eve, made)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('cache-control')).toContain('immutable')
    const picture = await sharp(bytes).metadata()
    expect([picture.format, picture.width, picture.height, picture.exif]).toEqual(['png', 128, 64, undefined])
    const etag = response.headers.get('etag') ?? ''
    const again = await at.eve.fetch(`/api/v4/emoji/${made.id}/image`, { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
  })

  it('keeps animated pictures animated', async () => {
    const { response, bytes } = await imageOf(at.ana, await make(at.bo, unique('moving'), MOVING))
    expect(response.headers.get('content-type')).toBe('image/gif')
    const picture = await sharp(bytes, { animated: true }).metadata()
    expect([picture.format, picture.width, picture.pageHeight, picture.pages]).toEqual(['gif', 128, 64, 2])
  })

  it('refuses invalid and taken names, and changes nothing', async () => {
    const name = unique('taken')
    await make(at.bo, name)
    const before = await at.ana.call(emoji.list, { query: { per_page: 200 } })
    for (const wrong of [
      '',
      'a b',
      'ä',
      'x'.repeat(65),
      '../x',
      'tada',
      '+1',
      'wave_dark_skin_tone',
      7,
      null,
    ]) {
      expect(await faultOf(await send(at.bo, { name: wrong })), String(wrong)).toBe('emoji.name')
    }
    const tries = await Promise.all([send(at.ana, { name }), send(at.bo, { name })])
    for (const response of tries) expect(await faultOf(response)).toBe('emoji.name_taken')
    for (const wrong of ['{', '7', 'null']) {
      const form = formWith('image', 'x.png', PNG, { emoji: wrong })
      const response = await at.bo.fetch('/api/v4/emoji', { method: 'POST', body: form })
      expect(await faultOf(response)).toBe('api.context.invalid_body_param.app_error')
    }
    expect(await at.ana.call(emoji.list, { query: { per_page: 200 } })).toEqual(before)
  })

  it('succeeds once when two people create the same name at the same moment', async () => {
    const name = unique('race')
    const tries = await Promise.all([at.ana, at.bo, at.root].map((person) => send(person, { name })))
    expect(tries.map(({ status }) => status).sort()).toEqual([200, 400, 400])
  })

  it('refuses a file that is no picture, too large or missing', async () => {
    const refusal = async (picture: Bytes | string, field?: string) => {
      const response = await send(at.bo, { name: unique('bad') }, picture, field)
      return [response.status, await faultOf(response)]
    }
    expect(await refusal('no picture')).toEqual([400, 'emoji.unreadable'])
    expect(await refusal('<svg xmlns="http://www.w3.org/2000/svg"/>')).toEqual([400, 'emoji.unreadable'])
    const webp = new Uint8Array(await sharp({ create: square }).webp().toBuffer())
    expect(await refusal(webp)).toEqual([400, 'emoji.unreadable'])
    expect(await refusal(PNG.slice(0, 60))).toEqual([400, 'emoji.unreadable'])
    expect(await refusal(new Uint8Array(512 * 1024 + 1))).toEqual([413, 'emoji.too_large'])
    const wide = await sharp({ create: { ...square, width: 1029 } })
      .png()
      .toBuffer()
    expect(await refusal(new Uint8Array(wide))).toEqual([400, 'emoji.too_many_pixels'])
    expect(await refusal(PNG, 'picture')).toEqual([400, 'pictures.none'])
    const record = await at.bo.fetch('/api/v4/emoji', { method: 'POST', body: '{"name":"x"}' })
    expect(await faultOf(record)).toBe('pictures.none')
  })

  it('is possible only in one’s own name', async () => {
    const response = await send(at.bo, { name: unique('others'), creator_id: at.ana.id })
    expect([response.status, await faultOf(response)]).toEqual([403, 'api.context.permissions.app_error'])
  })
})

describe('finding', () => {
  it('searches by name, by prefix and by substring, and sorts the results', async () => {
    const word = unique('find')
    const [b, a] = [await make(at.ana, `${word}_b`), await make(at.ana, `${word}-A`)]
    const hit = await make(at.ana, `x${word}`)
    const names = (list: CustomEmoji[]) => list.map(({ name }) => name)
    const complete = (name: string) => at.eve.call(emoji.autocomplete, { query: { name } })
    expect(names(await complete(word.toUpperCase()))).toEqual([a.name, b.name])
    // The search takes these characters literally, not as wildcards.
    expect(await complete('%')).toEqual([])
    expect(names(await complete(`${word}_`))).toEqual([b.name])
    await refused('api.context.invalid_url_param.app_error', complete(''))
    const search = (term: string, prefix_only = false) =>
      at.eve.call(emoji.search, { body: { term, prefix_only } })
    expect(names(await search(word))).toEqual([a.name, b.name, hit.name])
    expect(names(await search(word, true))).toEqual([a.name, b.name])
    await refused('api.context.invalid_body_param.app_error', search(''))
    const body = [hit.name, 'no_such_emoji', a.name]
    expect(names(await at.eve.call(emoji.listByNames, { body }))).toEqual([a.name, hit.name])
    expect(await at.eve.call(emoji.listByNames, { body: [] })).toEqual([])
    const all = await at.eve.call(emoji.list, { query: { per_page: 200 } })
    expect(names(all).indexOf(b.name)).toBeLessThan(names(all).indexOf(a.name))
    const sorted = names(await at.eve.call(emoji.list, { query: { per_page: 200, sort: 'name' } }))
    expect(sorted).toEqual(sorted.toSorted())
    const second = await at.eve.call(emoji.list, { query: { page: 1, per_page: 1 } })
    expect(second).toEqual(all.slice(1, 2))
  })
})

describe('in messages', () => {
  it('appears in the metadata of the post that uses it, in its text or as a reaction', async () => {
    const [inText, onPost] = [await make(at.ana, unique('text')), await make(at.ana, unique('put'))]
    const heard = await at.bo.listen()
    const post = await write(
      at.ana,
      at.townSquare,
      `hi :${inText.name}: :tada: at 10:30:00 :nobody_has_this:`,
    )
    expect(post.metadata.emojis).toEqual([inText])
    const told = await heard.next('posted', (data) => data.post.includes(post.id))
    expect(JSON.parse(told.post).metadata.emojis).toEqual([inText])
    await react(at.bo, post.id, onPost.name)
    const again = await at.bo.call(posts.get, { params: { post_id: post.id } })
    expect(again.metadata.emojis?.map(({ id }) => id).sort()).toEqual([inText.id, onPost.id].sort())
    const plain = await write(at.ana, at.townSquare, 'no :tada: of ours')
    expect(plain.metadata).toEqual({})
    const edited = await at.ana.call(posts.patch, {
      params: { post_id: plain.id },
      body: { message: `now :${inText.name}:` },
    })
    expect(edited.metadata.emojis).toEqual([inText])
  })

  it('works as a reaction only while an emoji with that name exists', async () => {
    const post = await write(at.ana, at.townSquare, 'react')
    await refused('reactions.unknown_emoji', react(at.bo, post.id, unique('none')))
  })
})

const JOBS = { timeout: 10_000 }

describe('deleting', () => {
  const remove = (by: Person, { id }: CustomEmoji) => by.call(emoji.remove, { params: { emoji_id: id } })

  it('removes the picture, the name and the reactions', async () => {
    const made = await make(at.bo, unique('gone'))
    const post = await write(at.ana, at.townSquare, `bye :${made.name}:`)
    await react(at.bo, post.id, made.name)
    await react(at.ana, post.id, 'tada')
    const heard = await at.ana.listen()
    expect(await remove(at.bo, made)).toEqual({ status: 'OK' })
    await refused('emoji.not_found', at.ana.call(emoji.get, { params: { emoji_id: made.id } }))
    await refused('emoji.not_found', at.ana.call(emoji.getByName, { params: { emoji_name: made.name } }))
    expect((await imageOf(at.ana, made)).response.status).toBe(404)
    await refused('reactions.unknown_emoji', react(at.ana, post.id, made.name))
    await heard.next('reaction_removed', (data) => data.reaction.includes(made.name))
    const left = await at.ana.call(posts.get, { params: { post_id: post.id } })
    expect(left.metadata.emojis).toBeUndefined()
    expect(left.metadata.reactions?.map((each) => each.emoji_name)).toEqual(['tada'])
    const again = await make(at.ana, made.name)
    expect(again.id).not.toBe(made.id)
    await vi.waitFor(
      async () => expect(await at.server.app.pool.rows('select * from loose_blobs')).toEqual([]),
      JOBS,
    )
  })

  it('somebody else’s emoji needs the permission', async () => {
    const made = await make(at.bo, unique('mine'))
    await refused('api.context.permissions.app_error', remove(at.ana, made))
    await remove(at.root, made)
    await refused('emoji.not_found', remove(at.bo, made))
  })
})

describe('when custom emoji are off', () => {
  afterEach(() => switchTo(true))

  it('the server refuses every operation, and reactions with custom emoji', async () => {
    const made = await make(at.bo, unique('off'))
    const post = await write(at.ana, at.townSquare, 'off')
    await switchTo(false)
    await refused('emoji.off', at.bo.call(emoji.list, {}))
    await refused('emoji.off', at.bo.call(emoji.get, { params: { emoji_id: made.id } }))
    expect(await faultOf(await send(at.bo, { name: unique('no') }))).toBe('emoji.off')
    await refused('reactions.unknown_emoji', react(at.bo, post.id, made.name))
    expect((await write(at.ana, at.townSquare, `:${made.name}:`)).metadata.emojis).toBeUndefined()
  })
})
