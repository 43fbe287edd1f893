/**
 * Turns a list of posts into rows: dates, the line above new messages, groups of one author, and folded
 * system messages.
 */
import { type Pending, sameFields, sameList } from '@plausch/client'
import type { Post } from '@plausch/wire'
import { chosenName } from './author.ts'

export type Row =
  /** `today` is the day on which it is shown: tomorrow the same day has another name. */
  | { kind: 'date'; key: string; at: number; today: string }
  | { kind: 'line'; key: string }
  | { kind: 'post'; key: string; post: Post; isFollowing: boolean }
  | { kind: 'system'; key: string; posts: readonly Post[] }
  | { kind: 'pending'; key: string; pending: Pending; post: Written; isFollowing: boolean }

/** What the rows need to know of a message, whether the server has it or not. */
export type Written = Pick<Post, 'user_id' | 'create_at' | 'root_id' | 'type' | 'props' | 'metadata'>

/** Posts of one author within this time form a group. */
const GROUP_MS = 5 * 60_000

/** These types are messages of somebody, not notes of the system. */
const SPOKEN = new Set(['system_auto_responder', 'system_ephemeral'])

export const isSystem = (post: Pick<Post, 'type'>): boolean =>
  post.type.startsWith('system_') && !SPOKEN.has(post.type)

/** Only the reader sees it, and the server does not keep it. */
export const isEphemeral = (post: Post): boolean => post.type === 'system_ephemeral'

/** The key of a row stays the same when the server confirms a pending post. */
export const keyOf = (post: Post): string => post.pending_post_id || post.id

const isSameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString()

const isFollowing = (post: Written, before: Written | undefined): boolean =>
  before !== undefined &&
  !isSystem(before) &&
  before.user_id === post.user_id &&
  post.create_at - before.create_at < GROUP_MS &&
  post.root_id === before.root_id &&
  chosenName(post) === chosenName(before) &&
  post.type === before.type &&
  !post.metadata.priority &&
  isSameDay(post.create_at, before.create_at)

/** A message that is being sent, as it will be when the server has it. */
const written = ({ rootId, at, priority }: Pending, me: string): Written => ({
  ...{ user_id: me, create_at: at, root_id: rootId, type: '', props: {} },
  metadata: priority ? { priority } : {},
})

/**
 * Rows for posts, oldest first, and after them for messages that are being sent. `newSince` is the time up to
 * which the reader had read: the line is above the first later post of somebody other than `me`; undefined for
 * no line.
 */
export const rowsOf = (
  posts: readonly Post[],
  newSince: number | undefined,
  me: string,
  sent: readonly Pending[] = [],
): Row[] => {
  const rows: Row[] = []
  const today = new Date().toDateString()
  let before: Written | undefined
  const startDay = (at: number): void => {
    if (before === undefined || !isSameDay(before.create_at, at))
      rows.push({ kind: 'date', key: `date/${new Date(at).toDateString()}`, at, today })
  }
  const follows = (post: Written): boolean => {
    const kind = rows.at(-1)?.kind
    return (kind === 'post' || kind === 'pending') && isFollowing(post, before)
  }
  let hasLine = newSince === undefined
  for (const post of posts) {
    startDay(post.create_at)
    if (!hasLine && post.create_at > (newSince ?? 0) && post.user_id !== me) {
      hasLine = true
      rows.push({ kind: 'line', key: 'line' })
    }
    const last = rows.at(-1)
    if (!isSystem(post)) {
      rows.push({ kind: 'post', key: keyOf(post), post, isFollowing: follows(post) })
    } else if (last?.kind === 'system') rows[rows.length - 1] = { ...last, posts: [...last.posts, post] }
    else rows.push({ kind: 'system', key: keyOf(post), posts: [post] })
    before = post
  }
  const keys = new Set(sent.length > 0 ? posts.map(keyOf) : [])
  // The server may have a message of which this client does not know yet that it arrived.
  for (const pending of sent.filter(({ pendingId }) => !keys.has(pendingId))) {
    const post = written(pending, me)
    startDay(post.create_at)
    rows.push({ kind: 'pending', key: pending.pendingId, pending, post, isFollowing: follows(post) })
    before = post
  }
  return rows
}

const isSame = (a: Row, b: Row): boolean => {
  if (a.kind === 'system' && b.kind === 'system') return sameList(a.posts, b.posts)
  if (a.kind === 'pending' && b.kind === 'pending')
    return a.pending === b.pending && a.isFollowing === b.isFollowing
  return sameFields(a, b)
}

/** The rows, but those that say the same as before are the same objects: nobody draws them again. */
export const keepSame = (before: readonly Row[], rows: readonly Row[]): readonly Row[] => {
  const known = new Map(before.map((row) => [row.key, row]))
  return rows.map((row) => {
    const same = known.get(row.key)
    return same && isSame(same, row) ? same : row
  })
}

/** Is it the row of this post? */
export const isOf = (row: Row, postId: string): boolean => row.kind === 'post' && row.post.id === postId

/**
 * The posts with those that only the reader sees, at their times. Those from outside of the shown part wait
 * until it is shown.
 */
export const withEphemeral = (
  posts: readonly Post[],
  ephemeral: readonly Post[],
  showsEnd: boolean,
): readonly Post[] => {
  const from = posts[0]?.create_at ?? 0
  const to = showsEnd ? Number.POSITIVE_INFINITY : (posts.at(-1)?.create_at ?? 0)
  const fitting = ephemeral.filter(({ create_at }) => create_at >= from && create_at <= to)
  return fitting.length === 0 ? posts : [...posts, ...fitting].sort((a, b) => a.create_at - b.create_at)
}
