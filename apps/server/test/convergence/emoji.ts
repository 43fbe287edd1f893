import { formWith, type Person, unique, write } from '@plausch/testkit'
import type { CustomEmoji } from '@plausch/wire'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { type Cast, roomOf } from './cast.ts'

const square = { width: 16, height: 16, channels: 3, background: '#246' } as const
export const picture = new Uint8Array(await sharp({ create: square }).png().toBuffer())

/** A new emoji of a person. */
export const drawn = async (by: Person): Promise<CustomEmoji> => {
  const emoji = JSON.stringify({ name: unique('emoji'), creator_id: by.id })
  const body = formWith('image', 'x.png', picture, { emoji })
  const response = await by.fetch('/api/v4/emoji', { method: 'POST', body })
  expect(response.status).toBe(200)
  return (await response.json()) as CustomEmoji
}

export const customEmoji = (cast: () => Cast) =>
  it('a custom emoji, and a message that uses it', async () => {
    const { ana, bo, probe } = cast()
    const channel = await roomOf(cast())
    const own = await probe([channel], () => drawn(ana))
    await probe([channel], () => write(bo, channel, `how :${own.name}:`))
  })
