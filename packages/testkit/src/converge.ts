/**
 * The convergence probe: whatever happens, a client that applied the events must end in the same state as a
 * fresh client, and so must one that missed everything and comes back. It uses the real reducers of
 * packages/client.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { ApiFault, createState, type State } from '@plausch/client'
import { expect } from 'vitest'
import type { Listener } from './listener.ts'
import type { Person } from './person.ts'
import { shown } from './shown.ts'

/** What the watchers look at, if they may: channels, lists of teams, data of people. */
export type Open = {
  channels?: readonly { id: string }[]
  teams?: readonly { id: string }[]
  people?: readonly { id: string }[]
  /** Roots of threads. */
  roots?: readonly { id: string }[]
}

/** How long to wait for background work; what has not come by then does not come. */
const PATIENCE_MS = 3000

const asked = new Set<string>()

/** The successful requests within probes: method and path. */
export const probed = (): ReadonlySet<string> => asked

const watched = async <T>(act: () => Promise<T>): Promise<T> => {
  const { fetch } = globalThis
  globalThis.fetch = async (input, init) => {
    const response = await fetch(input, init)
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    if (response.ok) asked.add(`${(init?.method ?? 'GET').toUpperCase()} ${pathname}`)
    return response
  }
  try {
    return await act()
  } finally {
    globalThis.fetch = fetch
  }
}

/** A screen does not open what its person may not see. */
const ifAllowed = async (work: Promise<void>): Promise<boolean> => {
  try {
    await work
    return true
  } catch (fault) {
    if (fault instanceof ApiFault && [403, 404, 501].includes(fault.status)) return false
    throw fault
  }
}

/** Opens what the person may see, as screens do; returns it. */
const look = async (
  state: State,
  { channels = [], teams = [], people = [], roots = [] }: Open,
): Promise<Open> => {
  const mine = channels.filter(({ id }) => state.channels.records.has(id))
  const ours = teams.filter(({ id }) => state.teams.records.has(id))
  for (const { id } of mine) {
    await state.posts.open(id)
    await state.marked.openPinned(id)
    await state.bookmarks.open(id)
  }
  for (const { id } of ours) {
    await state.threads.open(id)
    await state.drafts.open(id)
    await state.scheduled.open(id)
  }
  const seen = []
  for (const person of people) if (await ifAllowed(state.attributes.open(person.id))) seen.push(person)
  const read = []
  for (const root of roots) if (await ifAllowed(state.posts.replies.open(root.id))) read.push(root)
  await state.marked.openSaved()
  await state.emoji.open()
  await state.groups.open()
  return { channels: mine, teams: ours, people: seen, roots: read }
}

const start = async (person: Person, open: Open): Promise<{ state: State; open: Open }> => {
  const problems: unknown[] = []
  const state = createState({ call: person.call, onProblem: (problem) => problems.push(problem) })
  await state.reload()
  const seen = await look(state, open)
  await state.settled()
  expect(problems).toEqual([])
  return { state, open: seen }
}

type Client = Awaited<ReturnType<typeof join>>

const join = async (person: Person, open: Open) => {
  const listener = await person.listen()
  const there = await start(person, open)
  // As in the web client the event stream begins first: a change meanwhile is in the bundle, or its event
  // comes later.
  return { person, listener, there, away: await start(person, open), applied: 0 }
}

/** Applies events until no more come. */
const catchUp = async (client: Client, listener: Listener): Promise<void> => {
  for (let last = -1; last !== client.applied; ) {
    last = client.applied
    await listener.settle()
    for (const frame of listener.events.slice(client.applied)) client.there.state.apply(frame)
    client.applied = listener.events.length
    await client.there.state.settled()
  }
}

/** Returns the client that came fresh. */
const expectSame = async (client: Client): Promise<State> => {
  const { person, there } = client
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(50)) {
    await catchUp(client, client.listener)
    const { state: fresh } = await start(person, there.open)
    const { channels } = there.open
    try {
      expect(shown(there.state, channels), `what ${person.username} sees`).toEqual(shown(fresh, channels))
      return fresh
    } catch (difference) {
      if (Date.now() > deadline) throw difference
    }
  }
}

/**
 * A client that comes back loads the start bundle again, and the data on its screen. It then sees what `fresh`
 * sees.
 */
const expectReturn = async ({ person, away: { state, open } }: Client, fresh: State): Promise<void> => {
  await state.reload()
  await state.settled()
  for (const { id } of open.channels ?? []) {
    if (!state.channels.records.has(id)) continue
    await state.posts.open(id)
    if (!state.marked.pinned.has(id)) await state.marked.openPinned(id)
    if (!state.bookmarks.byChannel.has(id)) await state.bookmarks.open(id)
  }
  for (const { id } of open.roots ?? []) await ifAllowed(state.posts.replies.open(id))
  await state.settled()
  const now = shown(state, open.channels)
  try {
    expect(now).toEqual(shown(fresh, open.channels))
  } catch {
    // Something may have come since then, so it is compared with one that comes now.
    const newest = (await start(person, open)).state
    expect(now, `what ${person.username} sees on return`).toEqual(shown(newest, open.channels))
  }
}

/**
 * Runs `act` while each of `watchers` has a client that looks at `open`, and expects every client to have the
 * same state as a fresh one. Returns the result of `act`.
 */
export const converge = async <T>(
  watchers: readonly Person[],
  act: () => Promise<T>,
  open: Open = {},
): Promise<T> => {
  const clients = await Promise.all(watchers.map((person) => join(person, open)))
  const result = await watched(act)
  await Promise.all(
    clients.map(async (client) => {
      await expectReturn(client, await expectSame(client))
      client.listener.close()
    }),
  )
  return result
}
