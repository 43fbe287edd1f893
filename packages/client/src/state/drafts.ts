/**
 * Drafts: what people have begun to write, in a channel or in a thread. Those on the server are on all
 * devices. This device also keeps them, until they are sent or their author signs out: at first because the
 * server does not have them yet, afterwards so that they are there at the next start. A text that the server
 * does not have wins over the server's, because its author saw it last.
 */
import { type Draft, drafts as operations, type PostPriority } from '@plausch/wire'
import { ApiFault } from '../api.ts'
import { Collection, keyed, type Source, select, Value } from '../source.ts'
import type { Channels } from './channels/channels.ts'
import { type KeptDraft, keptDrafts, sameWritten, type Written } from './kept-drafts.ts'
import type { Context, Noun } from './noun.ts'
import { createOpened } from './opened.ts'

const keyOf = (channelId: string, rootId: string): string => `${channelId}/${rootId}`

/** Nothing is written there. */
export const EMPTY: Written = { message: '', fileIds: [] }

const writtenIn = (draft: Draft): Written => ({
  message: draft.message,
  fileIds: draft.file_ids ?? [],
  ...(isPlain(draft.priority) ? {} : { priority: draft.priority }),
})

const isPlain = (priority: PostPriority | undefined): boolean =>
  !priority ||
  (priority.priority === '' && !priority.requested_ack && priority.persistent_notifications !== true)

/** Is there nothing to keep? */
export const isEmpty = ({ message, fileIds }: Written): boolean => message === '' && fileIds.length === 0

export const createDrafts = (context: Context, channels: Channels) => {
  const { call, me, storage, track } = context
  /** The server's drafts, of loaded teams and of conversations. */
  const records = new Collection<Draft>()
  const kept = keptDrafts(storage, () => `drafts/${me()}`)
  /** How often lists were loaded: a draft that is in none of them is gone. */
  const lists = new Value(0)
  /** When the server deleted a draft: an older event must not bring it back. */
  const goneAt = new Map<string, number>()
  const saving = new Map<string, Promise<void>>()
  const teamOf = (channelId: string): string => channels.records.one(channelId)?.team_id ?? ''

  const opened = createOpened(
    context,
    async (teamId) => {
      const all = await call(operations.list, { params: { user_id: 'me', team_id: teamId } })
      return () => {
        forget(['', teamId])
        for (const draft of all) records.set(keyOf(draft.channel_id, draft.root_id), draft)
        lists.set(lists.get() + 1)
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

  const place = (draft: Draft): void => {
    const key = keyOf(draft.channel_id, draft.root_id)
    const isOld = draft.update_at < (records.one(key)?.update_at ?? 0)
    if (draft.delete_at > 0) {
      goneAt.set(key, Math.max(draft.delete_at, goneAt.get(key) ?? 0))
      records.delete(key)
    } else if (!isOld && !(draft.update_at <= (goneAt.get(key) ?? 0))) records.set(key, draft)
  }
  const put = (draft: Draft): void => {
    const team = teamOf(draft.channel_id)
    for (const teamId of opened.keys())
      if (team === '' || team === teamId) opened.change(teamId, () => place(draft))
  }

  /** This device's text; the server's is newer as soon as it is known, unless this one was not saved. */
  const current = (own: KeptDraft | undefined, draft: Draft | undefined, isKnown: boolean): Written => {
    if (own && (!own.isSaved || (!draft && !isKnown))) return own.written
    return draft ? writtenIn(draft) : EMPTY
  }
  const isKnown = (channelId: string): boolean => {
    const team = teamOf(channelId)
    return team === '' ? opened.keys().some(opened.has) : opened.has(team)
  }
  const at = keyed((key): Source<Written> => {
    const [channelId = ''] = key.split('/')
    return select((read) => {
      read(lists)
      return current(read(kept.at(key)), read(records.at(key)), isKnown(channelId))
    }, sameWritten)
  })

  const send = async (key: string): Promise<void> => {
    for (let own = kept.one(key); own && !own.isSaved; own = kept.one(key)) {
      const [channel_id = '', root_id = ''] = key.split('/')
      const { message, fileIds, priority } = own.written
      const writing = { channel_id, root_id, message, file_ids: [...fileIds], ...(priority && { priority }) }
      const draft = await call(operations.save, { body: writing })
      place(draft)
      // If more was written meanwhile, that is saved next.
      if (kept.one(key) === own) kept.saved(key)
    }
  }

  /** Saves on the server what only this device has. What the server refuses stays on this device. */
  const save = (key: string): Promise<void> => {
    const running = saving.get(key)
    if (running) return running
    const work = send(key)
      .catch((fault: unknown) => {
        if (!(fault instanceof ApiFault)) throw fault
      })
      .finally(() => saving.delete(key))
    saving.set(key, work)
    return work
  }
  const saveAll = async (): Promise<void> => {
    await Promise.all(kept.unsaved().map(save))
  }

  const noun: Noun = {
    on: {
      draft_created: ({ draft }) => put(draft),
      draft_updated: ({ draft }) => put(draft),
      draft_deleted: ({ draft }) => put({ ...draft, delete_at: draft.delete_at || draft.update_at || 1 }),
      // Nobody can write in archived channels; when a channel is restored, its drafts are back.
      channel_deleted: ({ channel_id }) => dropIn(channel_id),
      channel_restored: () => opened.again(),
      leave_team: ({ user_id, team_id }) => {
        if (user_id === me()) opened.drop(team_id)
      },
      delete_team: ({ team }) => opened.drop(team.id),
    },
    load() {
      again()
      track(saveAll())
    },
    /** Clears the memory; texts on the device wait for their author's return. */
    clear() {
      kept.clear()
      opened.clear()
      records.clear()
      goneAt.clear()
    },
  }

  return {
    ...noun,
    records,
    /** The places (`<channel>/<root>`) where this device has a text. */
    places: kept.places,
    /** Loads the server's drafts in a team and in conversations. */
    open: opened.load,
    /** What is written in a place, as a source. */
    at: (channelId: string, rootId = ''): Source<Written> => at(keyOf(channelId, rootId)),
    read: (channelId: string, rootId = ''): Written => at(keyOf(channelId, rootId)).get(),
    /** Has the server what this device has? */
    isSaved: (channelId: string, rootId = ''): boolean => kept.one(keyOf(channelId, rootId))?.isSaved ?? true,
    /** Keeps a text on this device at once, and then on the server, for all devices. */
    write(channelId: string, rootId: string, written: Written): void {
      const key = keyOf(channelId, rootId)
      const draft = records.one(key)
      const isSaved =
        !saving.has(key) &&
        (draft ? sameWritten(writtenIn(draft), written) : isEmpty(written) && !kept.one(key))
      kept.set(key, { written, isSaved })
      if (!isSaved) track(save(key))
    },
    /** Saves what the server does not have yet, for example because it was out of reach. */
    saveAll,
    /** Deletes all texts from the device: the next person who signs in must not read them. */
    forget: kept.forget,
  }
}

export type Drafts = ReturnType<typeof createDrafts>
