/**
 * Drafts. Those on the server are on all devices. This device keeps, per channel, texts that the server does
 * not have (yet), until they are sent or their author signs out. The device's text wins, because its author
 * saw it last.
 */
import { type Draft, drafts as operations, type Writing } from '@plausch/wire'
import { Collection } from '../source.ts'
import type { Channels } from './channels/channels.ts'
import type { Context, Noun } from './noun.ts'
import { createOpened } from './opened.ts'

type Kept = Record<string, string>

const keyOf = (channelId: string, rootId = ''): string => `${channelId}/${rootId}`

export const createDrafts = (context: Context, channels: Channels) => {
  const { call, me, storage } = context
  const byChannel = new Collection<string>()
  /** The server's drafts, of loaded teams and of conversations. */
  const records = new Collection<Draft>()
  const key = (): string => `drafts/${me()}`
  const teamOf = (channelId: string): string => channels.records.one(channelId)?.team_id ?? ''

  const opened = createOpened(
    context,
    async (teamId) => {
      const all = await call(operations.list, { params: { user_id: 'me', team_id: teamId } })
      return () => {
        forget(['', teamId])
        for (const draft of all) records.set(keyOf(draft.channel_id, draft.root_id), draft)
      }
    },
    (teamId) => forget([teamId]),
  )
  const forget = (teamIds: readonly string[]): void =>
    drop(({ channel_id }) => teamIds.includes(teamOf(channel_id)))
  const drop = (isGone: (draft: Draft) => boolean): void => {
    for (const draft of records.get())
      if (isGone(draft)) records.delete(keyOf(draft.channel_id, draft.root_id))
  }
  const dropIn = (channelId: string): void => drop(({ channel_id }) => channel_id === channelId)
  channels.onGone(dropIn)
  /** A draft of a team that is not loaded moved there with its channel. */
  const again = (): void => {
    drop(({ channel_id }) => !['', ...opened.keys()].includes(teamOf(channel_id)))
    opened.again()
  }
  channels.onMoved(again)

  const put = (draft: Draft): void => {
    const team = teamOf(draft.channel_id)
    for (const teamId of opened.keys()) {
      if (team !== '' && team !== teamId) continue
      opened.change(teamId, () => {
        if (draft.delete_at > 0) records.delete(keyOf(draft.channel_id, draft.root_id))
        else records.set(keyOf(draft.channel_id, draft.root_id), draft)
      })
    }
  }

  const kept = (): Kept => {
    try {
      return JSON.parse(storage.get(key()) ?? '{}') as Kept
    } catch {
      return {}
    }
  }
  const keep = (all: Kept): void => {
    if (Object.keys(all).length === 0) storage.remove(key())
    else storage.set(key(), JSON.stringify(all))
  }
  const ofServer = (channelId: string): string => records.one(keyOf(channelId))?.message ?? ''

  const noun: Noun = {
    on: {
      draft_created: ({ draft }) => put(draft),
      draft_updated: ({ draft }) => put(draft),
      draft_deleted: ({ draft }) => put({ ...draft, delete_at: draft.delete_at || 1 }),
      // Nobody can write in archived channels; when a channel is restored, its drafts are back.
      channel_deleted: ({ channel_id }) => dropIn(channel_id),
      channel_restored: () => opened.again(),
      leave_team: ({ user_id, team_id }) => {
        if (user_id === me()) opened.drop(team_id)
      },
      delete_team: ({ team }) => opened.drop(team.id),
    },
    load: again,
    /** Clears the memory; texts on the device wait for their author's return. */
    clear() {
      byChannel.clear()
      opened.clear()
      records.clear()
    },
  }

  return {
    ...noun,
    byChannel,
    records,
    /** Loads the server's drafts in a team and in conversations. */
    open: opened.load,
    read: (channelId: string): string => byChannel.one(channelId) ?? kept()[channelId] ?? ofServer(channelId),
    /** Keeps a text on this device, unless the server has the same. */
    write(channelId: string, text: string): void {
      byChannel.set(channelId, text)
      const { [channelId]: _, ...others } = kept()
      keep(text === ofServer(channelId) ? others : { ...others, [channelId]: text })
    },
    /** Saves a draft on the server, for all devices; an empty one is deleted there. */
    async save(writing: Writing): Promise<void> {
      put(await call(operations.save, { body: writing }))
      if (writing.root_id) return
      const { [writing.channel_id]: _, ...others } = kept()
      byChannel.delete(writing.channel_id)
      keep(others)
    },
    /** Deletes all texts from the device: the next person who signs in must not read them. */
    forget(): void {
      byChannel.clear()
      storage.remove(key())
    },
  }
}

export type Drafts = ReturnType<typeof createDrafts>
