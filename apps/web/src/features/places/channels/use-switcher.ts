/** What the quick switcher shows for a term: known places at once, others when the server finds them. */
import { partnerOf } from '@plausch/client'
import { type Channel, channels as operations, type User } from '@plausch/wire'
import { useEffect, useMemo, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { say } from '../../../i18n/text.ts'
import type { Action, Kind, Subjects } from '../../../platform/action.ts'
import { type Shown, shownOn } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { channelName, personName } from '../../../platform/names.ts'
import { here, hereChannelId } from '../../../platform/place.ts'
import {
  type Candidate,
  type Named,
  named,
  type Place,
  ranked,
  scoreOf,
  termOf,
  waiting,
} from './switcher.ts'
import { visitRanks } from './visits.ts'

export type Deed = {
  kind: 'action'
  id: string
  name: string
  keys: string | undefined
  of: string
  run(): void
}
export type Joinable = { kind: 'join'; id: string; name: string; channel: Channel }
export type Hit = Place | Deed | Joinable
export type HitGroup = {
  name: 'unread' | 'recent' | 'places' | 'actions' | 'joinable'
  items: readonly Hit[]
}

const MOST = 12
const MOST_ACTIONS = 6
const MOST_JOINABLE = 5
const WAIT_MS = 120

const known = new WeakMap<object, { name: string; named: Named }>()

/** The compared forms of a record, made once per version of it and per name. */
const namedOnce = (record: object, name: string, others: () => string): Named => {
  const before = known.get(record)
  if (before?.name === name) return before.named
  const made = named(name, others())
  known.set(record, { name, named: made })
  return made
}

const ofChannel = (channel: Channel, ranks: ReadonlyMap<string, number>): Candidate => {
  const { id } = channel
  const name = channelName(id).get()
  const partner =
    channel.type === 'D' ? client.users.records.one(partnerOf(channel, client.myId.get())) : undefined
  const { messages, mentions } = client.unreads.ofChannel(id).get()
  return {
    place: { kind: 'channel', id, name, channel },
    named: namedOnce(channel, name, () =>
      partner ? wordsOf(partner) : channel.type === 'G' ? '' : channel.name,
    ),
    rank: ranks.get(id) ?? 0,
    isUnread: messages > 0 || mentions > 0,
    at: channel.last_post_at,
  }
}

const wordsOf = ({ username, first_name, last_name, nickname }: User): string =>
  `${username} ${first_name} ${last_name} ${nickname}`

const ofUser = (user: User): Candidate => {
  const name = personName(user.id).get()
  return {
    place: { kind: 'person', id: user.id, name, user },
    named: namedOnce(user, name, () => wordsOf(user)),
    rank: 0,
    isUnread: false,
    at: 0,
  }
}

/** Everything that can be opened from memory. */
const useCandidates = (): readonly Candidate[] => {
  const channels = useSource(client.channels.records)
  const users = useSource(client.users.records)
  const [ranks] = useState(visitRanks)
  return useMemo(() => {
    const open = channels.filter(({ delete_at }) => delete_at === 0)
    const me = client.myId.get()
    const partners = new Set(open.filter(({ type }) => type === 'D').map((channel) => partnerOf(channel, me)))
    const people = users.filter(({ id, delete_at }) => delete_at === 0 && !partners.has(id))
    return [...open.map((channel) => ofChannel(channel, ranks)), ...people.map(ofUser)]
  }, [channels, users, ranks])
}

const deedsOn = <K extends Kind>(kind: K, subject: Subjects[K], of: string): Deed[] =>
  shownOn(kind, subject, 'palette')
    .get()
    .filter(({ hindrance }) => hindrance === '')
    .map(({ action, label }: Shown<K>) => ({
      kind: 'action',
      id: action.name,
      name: say(label),
      keys: action.keys,
      of,
      run: () => (action as Action<K>).run(subject),
    }))

/** What can be done in the client, in the open channel, and in the team. */
const allDeeds = (): Deed[] => {
  const { team } = here.get()
  const channel = client.channels.records.one(hereChannelId.get())
  return [
    ...(channel ? deedsOn('channel', channel, channelName(channel.id).get()) : []),
    ...deedsOn('app', null, ''),
    ...(team ? deedsOn('team', team, team.display_name) : []),
  ]
}

/** `>` in front searches for actions only. */
const ONLY_ACTIONS = '>'

const deedsFor = (deeds: readonly Deed[], text: string, most: number): Deed[] => {
  const term = termOf(text)
  return deeds
    .map((deed) => ({ deed, score: text === '' ? 1 : scoreOf(named(deed.name, ''), term) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ deed }) => deed)
}

/** Asks the server for people and public channels; people come through the state. */
const useFound = (term: string): readonly Joinable[] => {
  const [found, setFound] = useState<readonly Joinable[]>([])
  const teamId = here.get().team?.id ?? ''
  useEffect(() => {
    if (term === '' || term.startsWith(ONLY_ACTIONS)) return
    let isCurrent = true
    const ask = async (): Promise<void> => {
      // What is known stays there without a connection.
      client.users.search(term, {}).catch(() => undefined)
      const params = { team_id: teamId }
      const all = await client
        .call(operations.search, { params, body: { term: term.slice(0, 64) } })
        .catch(() => [])
      if (!isCurrent) return
      setFound(
        all
          .filter(
            ({ id, type, delete_at }) => type === 'O' && delete_at === 0 && !client.channels.records.has(id),
          )
          .slice(0, MOST_JOINABLE)
          .map((channel) => ({ kind: 'join', id: channel.id, name: channel.display_name, channel })),
      )
    }
    const timer = setTimeout(() => void ask(), WAIT_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [term, teamId])
  return term === '' ? [] : found
}

export const useHits = (typed: string): readonly HitGroup[] => {
  const text = typed.trim()
  const candidates = useCandidates()
  const [deeds] = useState(allDeeds)
  const joinable = useFound(text)
  return useMemo((): readonly HitGroup[] => {
    if (text === '') {
      // Nobody goes where they are.
      const elsewhere = candidates.filter(({ place }) => place.id !== hereChannelId.get())
      const { unread, recent } = waiting(elsewhere, MOST)
      return [
        { name: 'unread', items: unread },
        { name: 'recent', items: recent },
      ]
    }
    if (text.startsWith(ONLY_ACTIONS))
      return [{ name: 'actions', items: deedsFor(deeds, text.slice(1).trim(), deeds.length) }]
    return [
      { name: 'places', items: ranked(candidates, text, MOST) },
      { name: 'actions', items: deedsFor(deeds, text, MOST_ACTIONS) },
      { name: 'joinable', items: joinable },
    ]
  }, [text, candidates, deeds, joinable])
}
