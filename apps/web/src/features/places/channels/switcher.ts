/** The results of the quick switcher: one's channels and conversations, and people to write to. */
import { partnerOf } from '@plausch/client'
import type { Channel, User } from '@plausch/wire'

export type Hit =
  | { kind: 'channel'; id: string; name: string; channel: Channel }
  | { kind: 'person'; id: string; name: string; user: User }

type Named = { name: string; words: string }

/** Larger is better; 0 is no match. Every word of the term must begin a word of the name. */
export const scoreOf = ({ name, words }: Named, term: string): number => {
  const wanted = term.toLowerCase().split(/\s+/).filter(Boolean)
  const all = words.toLowerCase()
  const starts = all.split(/[\s._@-]+/)
  if (!wanted.every((word) => starts.some((start) => start.startsWith(word)) || all.includes(word))) return 0
  const whole = name.toLowerCase()
  const first = wanted.join(' ')
  if (whole.startsWith(first)) return 3
  return wanted.every((word) => starts.some((start) => start.startsWith(word))) ? 2 : 1
}

type Known = {
  channels: readonly Channel[]
  users: readonly User[]
  me: string
  /** The team whose channels are searched. */
  teamId: string
  nameOfChannel(channel: Channel): string
  nameOfUser(user: User): string
  /** Unread channels come first while nothing is typed. */
  isUnread(channel: Channel): boolean
}

const MOST = 12

export const findHits = (term: string, known: Known): Hit[] => {
  const own = known.channels.filter(
    ({ team_id, delete_at }) => (team_id === known.teamId || team_id === '') && delete_at === 0,
  )
  const hits: { hit: Hit; score: number; at: number }[] = []
  for (const channel of own) {
    const name = known.nameOfChannel(channel)
    const score =
      term === ''
        ? known.isUnread(channel)
          ? 2
          : 1
        : scoreOf({ name, words: `${name} ${channel.name}` }, term)
    if (score > 0)
      hits.push({ hit: { kind: 'channel', id: channel.id, name, channel }, score, at: channel.last_post_at })
  }
  if (term !== '') {
    const partners = new Set(
      own.filter(({ type }) => type === 'D').map((channel) => partnerOf(channel, known.me)),
    )
    for (const user of known.users) {
      if (partners.has(user.id) || user.delete_at > 0) continue
      const name = known.nameOfUser(user)
      const score = scoreOf(
        { name, words: `${name} ${user.username} ${user.first_name} ${user.last_name} ${user.nickname}` },
        term,
      )
      if (score > 0)
        hits.push({ hit: { kind: 'person', id: user.id, name, user }, score: score - 0.5, at: 0 })
    }
  }
  hits.sort((a, b) => b.score - a.score || b.at - a.at || a.hit.name.localeCompare(b.hit.name))
  return hits.slice(0, MOST).map(({ hit }) => hit)
}
