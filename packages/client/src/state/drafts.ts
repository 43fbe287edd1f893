/**
 * Drafts. Those on the server are on all devices. This device keeps, per channel and thread, texts that the
 * server does not have (yet), until they are sent or their author signs out. The device's text wins, because
 * its author saw it last.
 */
import { type Draft, drafts as operations, type Writing } from '@plausch/wire'
import { Collection } from '../source.ts'
import type { Channels } from './channels/channels.ts'
import type { Context, Noun } from './noun.ts'
import { createOpened } from './opened.ts'

const keyOf = (channelId: string, rootId = ''): string => `${channelId}/${rootId}`

/** The server's drafts, of loaded teams and of conversations. */
const createRecords = (context: Context, channels: Channels) => {
  const records = new Collection<Draft>()
  const teamOf = (channelId: string): string => channels.records.one(channelId)?.team_id ?? ''
  const drop = (isGone: (draft: Draft) => boolean): void => {
    for (const draft of records.get())
      if (isGone(draft)) records.delete(keyOf(draft.channel_id, draft.root_id))
  }
  const forget = (teamIds: readonly string[]): void =>
    drop(({ channel_id }) => teamIds.includes(teamOf(channel_id)))

  const opened = createOpened(
    context,
    async (teamId) => {
      const all = await context.call(operations.list, { params: { user_id: 'me', team_id: teamId } })
      return () => {
        forget(['', teamId])
        for (const draft of all) records.set(keyOf(draft.channel_id, draft.root_id), draft)
      }
    },
    (teamId) => forget([teamId]),
  )

  return {
    records,
    opened,
    dropIn: (channelId: string): void => drop(({ channel_id }) => channel_id === channelId),
    /** A draft of a team that is not loaded moved there with its channel. */
    again(): void {
      drop(({ channel_id }) => !['', ...opened.keys()].includes(teamOf(channel_id)))
      opened.again()
    },
    put(draft: Draft): void {
      const team = teamOf(draft.channel_id)
      for (const teamId of opened.keys()) {
        if (team !== '' && team !== teamId) continue
        opened.change(teamId, () => {
          if (draft.delete_at > 0) records.delete(keyOf(draft.channel_id, draft.root_id))
          else records.set(keyOf(draft.channel_id, draft.root_id), draft)
        })
      }
    },
  }
}

const textsIn = (text: string | null): Record<string, string> => {
  try {
    const value = JSON.parse(text ?? '{}') as Record<string, unknown>
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  } catch {
    return {}
  }
}

/** The texts of this device. */
const createTexts = ({ device, me, storage, track }: Context) => {
  const texts = new Collection<string>()
  /** Texts of which it is not known that they are stored. */
  const unstored = new Map<string, string>()
  const storageKey = (): string => `drafts/${me()}`

  const store = async (key: string, value: string | undefined): Promise<void> => {
    const text = texts.one(key)
    if ((await device.write([{ table: 'drafts', key, value }])) && texts.one(key) === text)
      unstored.delete(key)
  }

  return {
    texts,
    /** Keeps a text; with `isNeedless`, only in memory. */
    keep(key: string, text: string, isNeedless: boolean): void {
      texts.set(key, text)
      unstored.set(key, text)
      track(store(key, isNeedless ? undefined : text))
    },
    drop(key: string): void {
      texts.delete(key)
      unstored.delete(key)
      track(device.write([{ table: 'drafts', key }]))
    },
    /** The page may end now: puts aside what may not be stored yet, without waiting. */
    putAside(): void {
      if (unstored.size > 0) storage.set(storageKey(), JSON.stringify(Object.fromEntries(unstored)))
    },
    async adopt(): Promise<void> {
      const aside = textsIn(storage.get(storageKey()))
      const stored = textsIn(JSON.stringify(Object.fromEntries(await device.readAll('drafts'))))
      for (const [key, text] of Object.entries({ ...stored, ...aside }))
        if (!texts.has(key)) texts.set(key, text)
      const writes = Object.entries(aside).map(([key, value]) => ({ table: 'drafts', key, value }) as const)
      if (writes.length > 0 && (await device.write(writes))) storage.remove(storageKey())
    },
    forget(): void {
      storage.remove(storageKey())
    },
    clear(): void {
      texts.clear()
      unstored.clear()
    },
  }
}

export const createDrafts = (context: Context, channels: Channels) => {
  const { records, opened, again, dropIn, put } = createRecords(context, channels)
  const { texts, keep, drop, ...device } = createTexts(context)
  channels.onGone(dropIn)
  channels.onMoved(again)
  const ofServer = (key: string): string => records.one(key)?.message ?? ''

  const noun: Noun = {
    on: {
      draft_created: ({ draft }) => put(draft),
      draft_updated: ({ draft }) => put(draft),
      draft_deleted: ({ draft }) => put({ ...draft, delete_at: draft.delete_at || 1 }),
      // Nobody can write in archived channels; when a channel is restored, its drafts are back.
      channel_deleted: ({ channel_id }) => dropIn(channel_id),
      channel_restored: () => opened.again(),
      leave_team: ({ user_id, team_id }) => {
        if (user_id === context.me()) opened.drop(team_id)
      },
      delete_team: ({ team }) => opened.drop(team.id),
    },
    load: again,
    /** Clears the memory; texts on the device wait for their author's return. */
    clear() {
      device.clear()
      opened.clear()
      records.clear()
    },
  }

  return {
    ...noun,
    /** The texts of this device, by `channelId/rootId`. */
    texts,
    records,
    /** The loaded lists, for the local copy. */
    opened,
    /** Loads the server's drafts in a team and in conversations. */
    open: opened.load,
    read: (channelId: string, rootId = ''): string => {
      const key = keyOf(channelId, rootId)
      return texts.one(key) ?? ofServer(key)
    },
    /** Keeps a text on this device, unless the server has the same. */
    write(channelId: string, text: string, rootId = ''): void {
      const key = keyOf(channelId, rootId)
      keep(key, text, text === ofServer(key))
    },
    /** Saves a draft on the server, for all devices; an empty one is deleted there. */
    async save(writing: Writing): Promise<void> {
      put(await context.call(operations.save, { body: writing }))
      drop(keyOf(writing.channel_id, writing.root_id))
    },
    adopt: device.adopt,
    putAside: device.putAside,
    /** Forgets what was put aside: the next person who signs in must not read it. */
    forget: device.forget,
  }
}

export type Drafts = ReturnType<typeof createDrafts>
