import { sendFile } from '@plausch/testkit'
import { bookmarks, channels, members } from '@plausch/wire'
import { it } from 'vitest'
import { type Cast, of, roomOf } from './cast.ts'

export const linksAbove = (cast: () => Cast) => {
  it('bookmarks created, changed by their owner and by another, sorted and removed', async () => {
    const { ana, bo, probe } = cast()
    const channel = await roomOf(cast())
    const file = await sendFile(ana, channel, 'notes.txt', 'some notes')
    const make = (display_name: string) =>
      ana.call(bookmarks.create, {
        ...of(channel),
        body: { type: 'link', display_name, link_url: 'https://example.org' },
      })
    const [first, second] = await probe([channel], async () => [await make('one'), await make('two')])
    const third = await probe([channel], () =>
      ana.call(bookmarks.create, {
        ...of(channel),
        body: { type: 'file', display_name: 'notes', file_id: file.id },
      }),
    )
    if (!first || !second) throw new Error('no bookmarks')
    const one = (id: string) => ({ params: { channel_id: channel.id, bookmark_id: id } })
    const body = { display_name: 'changed' }
    await probe([channel], () => ana.call(bookmarks.patch, { ...one(first.id), body }))
    await probe([channel], () => bo.call(bookmarks.patch, { ...one(second.id), body }))
    await probe([channel], () => bo.call(bookmarks.patch, { ...one(third.id), body }))
    await probe([channel], () => bo.call(bookmarks.sort, { ...one(first.id), body: 2 }))
    await probe([channel], () => bo.call(bookmarks.remove, one(first.id)))
  })

  it('bookmarks of channels that are archived, restored and left', async () => {
    const { ana, gil, probe } = cast()
    const channel = await roomOf(cast())
    const body = { type: 'link' as const, display_name: 'one', link_url: 'https://example.org' }
    await ana.call(bookmarks.create, { ...of(channel), body })
    await probe([channel], () => ana.call(channels.archive, of(channel)))
    await probe([channel], () => ana.call(channels.restore, of(channel)))
    await probe([channel], async () => {
      await gil.call(members.remove, { params: { channel_id: channel.id, user_id: gil.id } })
      await ana.call(bookmarks.create, { ...of(channel), body })
    })
  })
}
