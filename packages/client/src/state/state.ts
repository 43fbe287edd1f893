/** All nouns together. The order is the rank: a noun knows only those before it. */
import type { EventFrame, Home } from '@plausch/wire'
import { home as operations } from '@plausch/wire'
import type { Call } from '../api.ts'
import { type DecodedFrame, decode } from '../events.ts'
import { batch, derive, type Source, select, Value } from '../source.ts'
import { createAttributes } from './attributes.ts'
import { createBookmarks } from './bookmarks.ts'
import { createCategories } from './categories.ts'
import { createChannels } from './channels.ts'
import { createDrafts } from './drafts.ts'
import { createEmoji } from './emoji.ts'
import { createGroups } from './groups.ts'
import { createMembers } from './members.ts'
import type { Context, Noun, Storage } from './noun.ts'
import { createMarked } from './posts/marked.ts'
import { createPosts } from './posts/posts.ts'
import { createTyping } from './posts/typing.ts'
import { createPreferences } from './preferences.ts'
import { createPresence } from './presence.ts'
import { createRoles } from './roles.ts'
import { createScheduled } from './scheduled.ts'
import { createSettings } from './settings.ts'
import { createTeams } from './teams.ts'
import { createThreads } from './threads.ts'
import { createUnreads } from './unreads.ts'
import { createUsers, isNameForm, type NameForm } from './users.ts'

export type StateOptions = {
  call: Call
  /** The public settings, if the session knows them already. */
  config?: Value<Record<string, string>>
  storage?: Storage
  now?: () => number
  /** Gets failures of background work; the state continues. */
  onProblem?: (error: unknown) => void
}

const memoryStorage = (): Storage => {
  const kept = new Map<string, string>()
  return {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
  }
}

type Handler = (data: unknown, frame: DecodedFrame) => void

/**
 * Makes an empty state. `load` and `apply` feed it; it calls `call` to load data that an event only names.
 */
export const createState = ({
  call,
  config = new Value({}),
  storage = memoryStorage(),
  now = Date.now,
  onProblem,
}: StateOptions) => {
  const myId = new Value('')
  const running = new Set<Promise<unknown>>()
  const track = (work: Promise<unknown>): void => {
    const guarded = work.catch((error: unknown) => onProblem?.(error)).finally(() => running.delete(guarded))
    running.add(guarded)
  }
  const context: Context = { call, me: myId.get, track, now, storage }

  /**
   * Frames that came while the start bundle was being loaded; those that the bundle already contains do no
   * harm.
   */
  let held: EventFrame[] = []
  let reloads = 0
  let epoch = 0
  /** How many start bundles were loaded. After each, the data on screen must be brought up to date. */
  const loads = new Value(0)

  const reload = async (): Promise<void> => {
    const mine = epoch
    reloads++
    try {
      const bundle = await call(operations.get)
      if (mine === epoch) load(bundle)
    } finally {
      reloads--
      if (reloads === 0) {
        const frames = held
        held = []
        batch(() => frames.forEach(apply))
      }
    }
  }

  const settings = createSettings(config)
  const users = createUsers(context)
  const preferences = createPreferences(context)
  const presence = createPresence(context)
  const teams = createTeams(context, reload)
  const members = createMembers(context, users)
  const me = select((read) => read(users.records.at(read(myId))))
  const roles = createRoles(context, {
    me,
    team: (teamId) => teams.members.at(teamId),
    channel: (channelId) => members.mine.at(channelId),
  })
  const channels = createChannels(context, users, members)
  const categories = createCategories(context, channels)
  const groups = createGroups(context)
  const attributes = createAttributes(context)
  const emoji = createEmoji(context)
  const posts = createPosts(context, users, channels)
  const marked = createMarked(context, channels, posts)
  const typing = createTyping(context, users)
  const unreads = createUnreads(context, channels, members)
  const threads = createThreads(context, channels, posts)
  const drafts = createDrafts(context, channels)
  const scheduled = createScheduled(context, channels)
  const bookmarks = createBookmarks(context, channels)

  const nouns: Noun[] = [
    ...[settings, users, preferences, presence, teams, members, roles],
    ...[channels, categories, groups, attributes, emoji, posts, marked, typing, unreads],
    ...[threads, drafts, scheduled, bookmarks],
  ]
  const handlers = new Map<string, Handler[]>()
  for (const { on } of nouns) {
    for (const [event, handler] of Object.entries(on)) {
      handlers.set(event, [...(handlers.get(event) ?? []), handler as Handler])
    }
  }

  const load = (home: Home): void => {
    batch(() => {
      myId.set(home.me.id)
      for (const noun of nouns) noun.load(home)
      loads.set(loads.get() + 1)
    })
  }

  const apply = (frame: EventFrame): void => {
    if (reloads > 0) {
      held.push(frame)
      return
    }
    const interested = handlers.get(frame.event)
    if (!interested) return
    try {
      const decoded = decode(frame)
      batch(() => {
        for (const handle of interested) handle(decoded.data, decoded)
      })
    } catch (error) {
      onProblem?.(error)
    }
  }

  const nameForm: Source<NameForm> = derive(
    [preferences.at('display_settings', 'name_format'), settings.config],
    (preference, config) => {
      const form = preference?.value || config.TeammateNameDisplay
      return isNameForm(form) ? form : 'username'
    },
  )

  return {
    ...{ settings, users, preferences, presence, teams, members, roles },
    ...{ channels, categories, groups, attributes, emoji, posts, marked, typing, unreads },
    ...{ threads, drafts, scheduled, bookmarks },
    /** The signed-in person, once loaded. */
    me,
    myId,
    nameForm,
    loads,
    /** Takes a start bundle. */
    load,
    /** Applies an event; while a start bundle is being loaded, the event waits. */
    apply,
    /** Loads the start bundle; events that come meanwhile are applied after it. */
    reload,
    /** Resolves when no background work is running. */
    async settled(): Promise<void> {
      while (running.size > 0) await Promise.all(running)
    },
    clear(): void {
      epoch++
      held = []
      batch(() => {
        for (const noun of nouns) noun.clear()
        myId.set('')
      })
    },
  }
}

export type State = ReturnType<typeof createState>
