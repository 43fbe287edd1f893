/**
 * Drafts: what people have begun to write, in a channel or in a thread. Those on the server are on all
 * devices. This device also keeps them, until they are sent or their author signs out: at first because the
 * server does not have them yet, afterwards so that they are there at the next start. A text that the server
 * does not have wins over the server's, because its author saw it last.
 */
import { type Draft, drafts as operations, type PostPriority } from '@plausch/wire'
import { ApiFault } from '../api.ts'
import type { Handlers } from '../events.ts'
import { Collection, keyed, type Source, select, Value } from '../source.ts'
import type { Channels } from './channels/channels.ts'
import { type KeptDraft, type KeptDrafts, keptDrafts, sameWritten, type Written } from './kept-drafts.ts'
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

/** The server's drafts, of loaded teams and of conversations. */
const createRecords = (context: Context, channels: Channels) => {
  const records = new Collection<Draft>()
  /** How often lists were loaded: a draft that is in none of them is gone. */
  const lists = new Value(0)
  /** When the server deleted a draft: an older event must not bring it back. */
  const goneAt = new Map<string, number>()
  const teamOf = (channelId: string): string => channels.records.one(channelId)?.team_id ?? ''

  const opened = createOpened(
    context,
    async (teamId) => {
      const all = await context.call(operations.list, { params: { user_id: 'me', team_id: teamId } })
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
  const place = (draft: Draft): void => {
    const key = keyOf(draft.channel_id, draft.root_id)
    const isOld = draft.update_at < (records.one(key)?.update_at ?? 0)
    if (draft.delete_at > 0) {
      goneAt.set(key, Math.max(draft.delete_at, goneAt.get(key) ?? 0))
      records.delete(key)
    } else if (!isOld && !(draft.update_at <= (goneAt.get(key) ?? 0))) records.set(key, draft)
  }
  return {
    ...{ records, lists, opened, place },
    dropIn: (channelId: string): void => drop(({ channel_id }) => channel_id === channelId),
    /** A draft of a team that is not loaded moved there with its channel. */
    again(): void {
      drop(({ channel_id }) => !['', ...opened.keys()].includes(teamOf(channel_id)))
      opened.again()
    },
    put(draft: Draft): void {
      const team = teamOf(draft.channel_id)
      for (const teamId of opened.keys())
        if (team === '' || team === teamId) opened.change(teamId, () => place(draft))
    },
    /** Would a draft of this channel be known, if there were one? */
    isKnown(channelId: string): boolean {
      const team = teamOf(channelId)
      return team === '' ? opened.keys().some(opened.has) : opened.has(team)
    },
    clear(): void {
      opened.clear()
      records.clear()
      goneAt.clear()
    },
  }
}

type Records = ReturnType<typeof createRecords>

/** Saves on the server what only this device has. What the server refuses stays on this device. */
const createSaving = ({ call }: Context, kept: KeptDrafts, place: (draft: Draft) => void) => {
  const saving = new Map<string, Promise<void>>()

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

  return { save, saveAll, isSaving: (key: string): boolean => saving.has(key) }
}

/** What is written in each place, on this device and on the server. */
const createPlaces = (kept: KeptDrafts, { records, lists, isKnown }: Records) => {
  /** This device's text; the server's is newer as soon as it is known, unless this one was not saved. */
  const current = (own: KeptDraft | undefined, draft: Draft | undefined, isInList: boolean): Written => {
    if (own && (!own.isSaved || (!draft && !isInList))) return own.written
    return draft ? writtenIn(draft) : EMPTY
  }
  const at = keyed((key): Source<Written> => {
    const [channelId = ''] = key.split('/')
    return select((read) => {
      read(lists)
      return current(read(kept.at(key)), read(records.at(key)), isKnown(channelId))
    }, sameWritten)
  })

  return at
}

const draftHandlers = (me: () => string, { opened, put, dropIn }: Records): Handlers => ({
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
})

export const createDrafts = (context: Context, channels: Channels) => {
  const drafts = createRecords(context, channels)
  const { records, opened, again, dropIn } = drafts
  const kept = keptDrafts(context)
  const { save, saveAll, isSaving } = createSaving(context, kept, drafts.place)
  const at = createPlaces(kept, drafts)
  const typing = new Set<() => void>()
  let isEnding = false
  channels.onGone(dropIn)
  channels.onMoved(again)

  const noun: Noun = {
    on: draftHandlers(context.me, drafts),
    load() {
      again()
      context.track(saveAll())
    },
    /** Clears the memory; texts on the device wait for their author's return. */
    clear() {
      kept.clear()
      drafts.clear()
    },
  }

  return {
    ...noun,
    records,
    /** The places (`<channel>/<root>`) where this device has a text. */
    places: kept.places,
    /** The loaded lists, for the local copy. */
    opened,
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
        !isSaving(key) &&
        (draft ? sameWritten(writtenIn(draft), written) : isEmpty(written) && !kept.one(key))
      kept.set(key, { written, isSaved })
      if (!isSaved && !isEnding) context.track(save(key))
    },
    /**
     * While somebody types in a place: `keep` writes what is not written yet, because the session ends.
     * Returns a function that ends this.
     */
    whileTyping(keep: () => void): () => void {
      typing.add(keep)
      return () => void typing.delete(keep)
    },
    /** Takes what is being typed; at the end of a session it only stays on this device. */
    gather(isEnd: boolean): void {
      isEnding = isEnd
      for (const keep of typing) keep()
      isEnding = false
    },
    /** Saves what the server does not have yet, for example because it was out of reach. */
    saveAll,
    /** Takes over what is stored on the device: after a restart, or of other tabs. */
    adopt: kept.adopt,
    putAside: kept.putAside,
    forget: kept.forget,
  }
}

export type Drafts = ReturnType<typeof createDrafts>
