/** The search of this window: what is typed, what was asked, and what was found. Recent ones stay on the device. */
import { ApiFault, partnerOf, Value } from '@plausch/client'
import { type Channel, type FileInfo, search as operations } from '@plausch/wire'
import { storage } from '../../../browser/storage.ts'
import { problemOf } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { here } from '../../../platform/place.ts'
import { askedTerms, namesChannel } from './terms.ts'

export type Tab = 'messages' | 'files'

export type Found = {
  /** The terms that were asked; '' before the first search. */
  terms: string
  /** Messages, newest first; undefined while none were asked for. */
  postIds?: readonly string[]
  /** The words that were found in a message. */
  matches: Readonly<Record<string, readonly string[]>>
  files?: readonly FileInfo[]
  hasMorePosts: boolean
  hasMoreFiles: boolean
}

const NOTHING: Found = { terms: '', matches: {}, hasMorePosts: false, hasMoreFiles: false }
const PAGE = 30
const MOST_RECENT = 8

export const field = new Value('')
export const tab = new Value<Tab>('messages')
export const found = new Value<Found>(NOTHING)
export const isBusy = new Value(false)
export const problem = new Value('')

const recentKey = (): string => `searches/${client.myId.get()}`

const readRecent = (): readonly string[] => {
  try {
    const value = JSON.parse(storage.get(recentKey()) ?? '[]') as unknown
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
  } catch {
    return []
  }
}

/** The last searches, the latest first. */
export const recent = new Value<readonly string[]>([])

const keepRecent = (all: readonly string[]): void => {
  recent.set(all)
  storage.set(recentKey(), JSON.stringify(all))
}

/** Forgets one of the last searches, or all of them. */
export const forgetRecent = (terms?: string): void =>
  keepRecent(terms === undefined ? [] : recent.get().filter((each) => each !== terms))

/** Counts searches: an answer that comes after a later question is dropped. */
let asked = 0

client.posts.hold(() => found.get().postIds ?? [])

const bodyOf = (terms: string, page: number) => ({
  terms: askedTerms(terms, client.me.get()?.username ?? ''),
  time_zone_offset: -new Date().getTimezoneOffset() * 60,
  include_deleted_channels: true,
  page,
  per_page: PAGE,
})

/** Names of channels mean those of the team; otherwise everything is searched that the reader may see. */
const teamOf = (terms: string): string => (namesChannel(terms) ? (here.get().team?.id ?? '') : '')

const askPosts = async (terms: string, page: number) => {
  const [body, team_id] = [bodyOf(terms, page), teamOf(terms)]
  return team_id === ''
    ? await client.call(operations.posts, { body })
    : await client.call(operations.postsInTeam, { params: { team_id }, body })
}

const askFiles = async (terms: string, page: number) => {
  const [body, team_id] = [bodyOf(terms, page), teamOf(terms)]
  return team_id === ''
    ? await client.call(operations.files, { body })
    : await client.call(operations.filesInTeam, { params: { team_id }, body })
}

const addPosts = async (terms: string, before: Found): Promise<Found> => {
  const known = before.postIds ?? []
  const list = await askPosts(terms, known.length / PAGE)
  for (const id of list.order) {
    const post = list.posts[id]
    if (post) client.posts.put(post)
  }
  return {
    ...before,
    terms,
    postIds: [...new Set([...known, ...list.order])],
    matches: { ...before.matches, ...list.matches },
    hasMorePosts: list.order.length === PAGE,
  }
}

const addFiles = async (terms: string, before: Found): Promise<Found> => {
  const known = before.files ?? []
  const list = await askFiles(terms, known.length / PAGE)
  client.users.ensure(Object.values(list.file_infos).map(({ user_id }) => user_id))
  return {
    ...before,
    terms,
    files: [...known, ...list.order.flatMap((id) => list.file_infos[id] ?? [])],
    hasMoreFiles: list.order.length === PAGE,
  }
}

const run = async (terms: string, before: Found): Promise<void> => {
  const mine = ++asked
  isBusy.set(true)
  problem.set('')
  try {
    const next = await (tab.get() === 'files' ? addFiles(terms, before) : addPosts(terms, before))
    if (mine === asked) found.set(next)
  } catch (error) {
    if (mine !== asked) return
    problem.set(problemOf(error))
    if (!(error instanceof ApiFault)) throw error
  } finally {
    if (mine === asked) isBusy.set(false)
  }
}

/** Searches for what is typed. */
export const submit = (): void => {
  const terms = field.get().trim()
  if (terms === '') {
    asked++
    found.set(NOTHING)
    isBusy.set(false)
    return
  }
  keepRecent([terms, ...recent.get().filter((each) => each !== terms)].slice(0, MOST_RECENT))
  void run(terms, NOTHING)
}

/** The next page of what was found. */
export const loadMore = (): void => void run(found.get().terms, found.get())

/** Shows messages or files; searches for them if they were not asked for yet. */
export const show = (next: Tab): void => {
  tab.set(next)
  const now = found.get()
  const isKnown = (next === 'files' ? now.files : now.postIds) !== undefined
  if (now.terms !== '' && !isKnown) void run(now.terms, now)
}

/** Fills the field and searches; without a term, leaves what is there. */
export const begin = (term: string): void => {
  recent.set(readRecent())
  if (term === '') return
  field.set(term)
  tab.set('messages')
  submit()
}

/** What `in:` calls a channel. */
export const nameInSearch = (channel: Channel): string => {
  if (channel.type !== 'D') return channel.name
  const partner = client.users.records.one(partnerOf(channel, client.myId.get()))
  return partner ? `@${partner.username}` : channel.name
}

/** Fills the field for a search in one channel. */
export const prefillFor = (channel: Channel): void => {
  recent.set(readRecent())
  field.set(`in:${nameInSearch(channel)} `)
  found.set(NOTHING)
}
