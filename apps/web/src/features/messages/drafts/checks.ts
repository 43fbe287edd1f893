/** What is asked before a message is sent: many people would be called, or something in it is secret. */
import { mentionWords } from '@plausch/markdown'
import { channels, groups } from '@plausch/wire'
import { client } from '../../../platform/client.ts'
import { sensitiveWarning, wideWarning } from './dialogs.ts'

type Finder = typeof import('../writing/sensitive/find.ts')
let finder: Finder | undefined

/** Loads the search for secrets, before somebody sends. */
export const loadFinder = async (): Promise<void> => {
  finder ??= await import('../writing/sensitive/find.ts')
}

/** v4 asks if a message calls more people than this. */
const MANY = 5

type Audience = { names: string[]; count: number | undefined }

/** Groups that the message names, and how many of their members the channel has. */
const groupsIn = async (channelId: string, words: readonly string[]): Promise<Audience> => {
  const named = client.groups.records.get().filter(({ name }) => words.includes(`@${name}`))
  if (named.length === 0) return { names: [], count: 0 }
  const counts = await client.call(groups.countInChannel, { params: { channel_id: channelId } })
  const sizes = named.map(
    ({ id }) => counts.find(({ group_id }) => group_id === id)?.channel_member_count ?? 0,
  )
  return {
    names: named.map(({ name }) => `@${name}`),
    count: sizes.reduce((sum, each) => sum + each, 0),
  }
}

/** Whom the message calls if it calls many; undefined otherwise. */
const wideAudience = async (channelId: string, message: string): Promise<Audience | undefined> => {
  if (!message.includes('@') || client.settings.config.get().EnableConfirmNotificationsToChannel === 'false')
    return undefined
  const channel = client.channels.records.one(channelId)
  const may = client.roles.permissions(channel?.team_id ?? '', channelId).get()
  if (channel?.type === 'D') return undefined
  const { wide, words } = mentionWords(message)
  const names = (['channel', 'all', 'here'] as const).filter((name) => wide[name]).map((name) => `@${name}`)
  try {
    if (names.length > 0 && may.has('use_channel_mentions')) {
      const stats = await client.call(channels.stats, {
        params: { channel_id: channelId },
        query: { exclude_files_count: true },
      })
      // The author is not called.
      const count = stats.member_count - 1
      return count > MANY ? { names, count } : undefined
    }
    if (!may.has('use_group_mentions')) return undefined
    const audience = await groupsIn(channelId, words)
    return (audience.count ?? 0) > MANY ? audience : undefined
  } catch {
    return { names, count: undefined }
  }
}

const askAboutAudience = async (
  channelId: string,
  message: string,
  send: (message: string) => void,
): Promise<void> => {
  const audience = await wideAudience(channelId, message)
  if (!audience || (audience.count === undefined && audience.names.length === 0)) send(message)
  else wideWarning.open({ ...audience, send: () => send(message) })
}

/** Nobody is called without a name. */
const callsNobody = (message: string): boolean => !/@[\p{L}\p{N}]/u.test(message)

const check = (found: Finder, channelId: string, message: string, send: (message: string) => void): void => {
  const findings = found.findSensitive(message)
  const next = (text: string): void => {
    if (callsNobody(text)) send(text)
    else void askAboutAudience(channelId, text, send)
  }
  if (findings.length === 0) {
    next(message)
    return
  }
  sensitiveWarning.open({
    kinds: [...new Set(findings.map(({ kind }) => kind))],
    send: () => next(message),
    mask: () => next(found.masked(message, findings)),
  })
}

/** Asks what has to be asked, and then sends: usually at once, and possibly with another text. */
export const sendChecked = (channelId: string, message: string, send: (message: string) => void): void => {
  if (finder) check(finder, channelId, message, send)
  else
    loadFinder().then(
      () => finder && check(finder, channelId, message, send),
      // Without a connection the code may not be there; the message waits in the outbox anyway.
      () => send(message),
    )
}
