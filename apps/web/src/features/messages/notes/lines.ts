/**
 * Notes of the system as lines, in the reader's language: the server's own text is English, for old clients.
 * Neighbouring notes of one kind become one line: "Ada added Bo, Mira and Jan."
 */
import type { Post } from '@plausch/wire'
import type { TextId } from '../../../i18n/text.ts'

/** Somebody in a note; `name` is what the note says, for people that this client may not know. */
export type Named = { id: string; name: string }

export type NoteLine = {
  /** The id of its first note. */
  key: string
  at: number
  /** Undefined if there is no text in the reader's language: then `message` is shown. */
  text: TextId | undefined
  /** Who did it. */
  who: readonly Named[]
  /** To whom. */
  whom: readonly Named[]
  from: string
  to: string
  message: string
}

const prop = (post: Post, name: string): string => {
  const value = post.props[name]
  return typeof value === 'string' ? value : ''
}

/** What people do, each with all who do it together. */
const TOGETHER: Record<string, TextId> = {
  system_join_channel: 'system.joined',
  system_guest_join_channel: 'system.joined',
  system_leave_channel: 'system.left',
  system_join_team: 'system.joinedTeam',
  system_leave_team: 'system.leftTeam',
}

/** What one does to others. */
const DONE_TO: Record<string, TextId> = {
  system_add_to_channel: 'system.added',
  system_add_guest_to_chan: 'system.added',
  system_add_to_team: 'system.addedTeam',
  system_remove_from_channel: 'system.removed',
  system_remove_from_team: 'system.removedTeam',
}

/** The same if it is unknown who did it. */
const PASSIVE: Partial<Record<TextId, TextId>> = {
  'system.added': 'system.wasAdded',
  'system.addedTeam': 'system.wasAddedTeam',
  'system.removed': 'system.wasRemoved',
  'system.removedTeam': 'system.wasRemovedTeam',
}

const SIMPLE: Record<string, TextId> = {
  system_channel_deleted: 'system.archived',
  system_channel_restored: 'system.restored',
  system_gm_to_channel: 'system.converted',
  system_move_channel: 'system.moved',
}

/** Texts of a channel: the two texts, and where the note has the old and the new value. */
const CHANGES: Record<string, { id: TextId; removed: TextId; from: string; to: string }> = {
  system_header_change: {
    ...{ id: 'system.header', removed: 'system.headerRemoved' },
    ...{ from: 'old_header', to: 'new_header' },
  },
  system_purpose_change: {
    ...{ id: 'system.purpose', removed: 'system.purposeRemoved' },
    ...{ from: 'old_purpose', to: 'new_purpose' },
  },
  system_displayname_change: {
    ...{ id: 'system.renamed', removed: 'system.renamed' },
    ...{ from: 'old_displayname', to: 'new_displayname' },
  },
}

const PRIVACY = new Set(['system_change_chan_privacy', 'system_convert_channel'])

const actorOf = (post: Post): Named => ({
  id: prop(post, 'userId') || post.user_id,
  name: prop(post, 'username'),
})

const targetOf = (post: Post): Named => {
  const isAdded = prop(post, 'addedUserId') !== '' || prop(post, 'addedUsername') !== ''
  return isAdded
    ? { id: prop(post, 'addedUserId'), name: prop(post, 'addedUsername') }
    : { id: prop(post, 'removedUserId'), name: prop(post, 'removedUsername') }
}

const isNobody = ({ id, name }: Named): boolean => id === '' && name === ''

const doneTo = (post: Post, text: TextId): Partial<NoteLine> => {
  const target = targetOf(post)
  // In notes about removals `username` is the person who was removed.
  const who =
    text === 'system.removed' || text === 'system.removedTeam'
      ? { id: post.user_id, name: '' }
      : actorOf(post)
  const whom =
    isNobody(target) && prop(post, 'username') !== '' ? { id: '', name: prop(post, 'username') } : target
  if (isNobody(whom)) return {}
  const isKnown = who.id !== '' && who.id !== whom.id
  return isKnown ? { text, who: [who], whom: [whom] } : { text: PASSIVE[text], whom: [whom] }
}

const contentOf = (post: Post): Partial<NoteLine> => {
  const who = [actorOf(post)]
  const change = CHANGES[post.type]
  if (change) {
    const [from, to] = [prop(post, change.from), prop(post, change.to)]
    return { text: to === '' ? change.removed : change.id, who, from, to }
  }
  const target = DONE_TO[post.type]
  if (target) return doneTo(post, target)
  if (PRIVACY.has(post.type)) {
    return { text: /private/i.test(post.message) ? 'system.madePrivate' : 'system.madePublic', who }
  }
  return { text: TOGETHER[post.type] ?? SIMPLE[post.type], who }
}

const lineOf = (post: Post): NoteLine => {
  const empty = { text: undefined, who: [], whom: [], from: '', to: '' }
  const content = contentOf(post)
  const isSaid =
    content.text !== undefined &&
    [...(content.who ?? []), ...(content.whom ?? [])].some((each) => !isNobody(each))
  return { key: post.id, at: post.create_at, message: post.message, ...empty, ...(isSaid ? content : {}) }
}

const withNamed = (all: readonly Named[], more: readonly Named[]): Named[] => [
  ...all,
  ...more.filter(({ id, name }) => !all.some((each) => (id === '' ? each.name === name : each.id === id))),
]

const isTogether = (text: TextId | undefined): boolean =>
  text !== undefined && (Object.values(TOGETHER).includes(text) || Object.values(PASSIVE).includes(text))

const isDoneTo = (text: TextId | undefined): boolean =>
  text !== undefined && Object.values(DONE_TO).includes(text)

/** Can the note be said in the same line? */
const fits = (line: NoteLine, next: NoteLine): boolean => {
  if (line.text !== next.text) return false
  if (isTogether(next.text)) return true
  return isDoneTo(next.text) && line.who[0]?.id === next.who[0]?.id && line.who[0]?.name === next.who[0]?.name
}

/** The lines for neighbouring notes, each at the place of its first note. */
export const noteLines = (posts: readonly Post[]): NoteLine[] => {
  const lines: NoteLine[] = []
  for (const post of posts) {
    const next = lineOf(post)
    const at = lines.findIndex((line) => fits(line, next))
    const line = lines[at]
    if (!line) lines.push(next)
    else {
      const who = isTogether(next.text) ? withNamed(line.who, next.who) : line.who
      lines[at] = { ...line, who, whom: withNamed(line.whom, next.whom) }
    }
  }
  return lines
}
