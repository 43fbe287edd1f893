/**
 * The convergence probe: whatever happens, a client that was there and applied the events must end in the same state as one that comes fresh. It
 * uses the real reducers of packages/client.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { createState, type State } from '@plausch/client'
import type { Category } from '@plausch/wire'
import { expect } from 'vitest'
import type { Person } from './person.ts'

const sorted = <T extends object>(records: readonly T[], key: (record: T) => string) =>
  Object.fromEntries(
    [...records].sort((a, b) => key(a).localeCompare(key(b))).map((record) => [key(record), record]),
  )

/** Clients sort the channels of a category themselves, unless it was sorted by hand. */
const arranged = (categories: readonly Category[], isLive: (channelId: string) => boolean) =>
  categories.map((each) => {
    const ids = each.channel_ids.filter(isLive)
    return { ...each, channel_ids: each.sorting === 'manual' ? ids : ids.toSorted() }
  })

/** What must be equal: all that the start bundle brings and events change. A channel that is archived stays with those who have it open. */
const shown = (state: State) => {
  const live = state.channels.records.get().filter((channel) => channel.delete_at === 0)
  const isLive = (channelId: string) => live.some((channel) => channel.id === channelId)
  const { byTeam } = state.categories
  return {
    me: state.me.get(),
    teams: sorted(state.teams.records.get(), (team) => team.id),
    teamMembers: sorted(state.teams.members.get(), (member) => member.team_id),
    channels: sorted(live, (channel) => channel.id),
    members: sorted(
      state.members.mine.get().filter((member) => isLive(member.channel_id)),
      (member) => member.channel_id,
    ),
    preferences: sorted(state.preferences.records.get(), (each) => `${each.category} ${each.name}`),
    categories: Object.fromEntries(byTeam.keys().map((id) => [id, arranged(byTeam.one(id) ?? [], isLive)])),
  }
}

const fresh = async (person: Person): Promise<State> => {
  const state = createState({ call: person.call })
  await state.reload()
  return state
}

/**
 * Runs `act` while each of `watchers` has a client open, and expects every client to have become what a fresh one is. Returns what
 * `act` returned.
 */
export const converge = async <T>(watchers: readonly Person[], act: () => Promise<T>): Promise<T> => {
  const clients = await Promise.all(
    watchers.map(async (person) => {
      const listener = await person.listen()
      const state = await fresh(person)
      return { person, listener, state, from: listener.events.length }
    }),
  )
  const result = await act()
  for (const { person, listener, state, from } of clients) {
    await listener.settle()
    for (const frame of listener.events.slice(from)) state.apply(frame)
    await state.settled()
    await sleep(30)
    await state.settled()
    expect(shown(state), `what ${person.username} sees`).toEqual(shown(await fresh(person)))
    listener.close()
  }
  return result
}
