/** A client with its real socket and state, which records every frame. */
import { type Client, createClient, createState, type State } from '@plausch/client'
import { type Person, shown, type TestServer } from '@plausch/testkit'
import type { Channel, EventFrame, Post, Team } from '@plausch/wire'
import { expect, vi } from 'vitest'

/** Long enough for a slow machine. */
const patience = { timeout: 120_000, interval: 100 }

export type Watcher = {
  client: Client
  /** The events of each connection, in separate lists. */
  heard: EventFrame[][]
  hasHeard(text: string): boolean
  /** Waits until the client has the same state as a fresh one. */
  agrees(): Promise<void>
  stop(): void
}

export type Look = { channels: readonly Channel[]; team: Team }

const open = async (state: Pick<State, 'channels' | 'posts' | 'threads'>, { channels, team }: Look) => {
  for (const { id } of channels) if (state.channels.records.has(id)) await state.posts.open(id)
  await state.threads.open(team.id)
}

/** Connects a client to a server; it records its events. */
export const watch = async (server: TestServer, person: Person, look: Look): Promise<Watcher> => {
  const heard: EventFrame[][] = []
  class Recorder extends WebSocket {
    constructor(url: string | URL) {
      super(url)
      const frames: EventFrame[] = []
      heard.push(frames)
      this.addEventListener('message', ({ data }) => {
        const frame = JSON.parse(String(data)) as EventFrame
        if ('event' in frame) frames.push(frame)
      })
    }
  }
  const client = createClient({ baseUrl: server.url, webSocket: Recorder as typeof WebSocket })
  await client.signIn(person.username, person.password)
  await vi.waitFor(() => expect(client.phase.get()).toBe('ready'), patience)
  let opened = client.loads.get()
  await open(client, look)

  const fresh = async () => {
    const state = createState({ call: client.call })
    await state.reload()
    await open(state, look)
    await state.settled()
    return shown(state, look.channels)
  }
  return {
    client,
    heard,
    hasHeard: (text) => heard.flat().some((frame) => JSON.stringify(frame).includes(text)),
    async agrees() {
      await vi.waitFor(async () => {
        expect(client.connection.get()).toBe('open')
        // A screen loads its data again after each load of the start bundle.
        if (opened !== client.loads.get()) {
          opened = client.loads.get()
          await open(client, look)
        }
        await client.settled()
        expect(shown(client, look.channels), `what ${person.username} sees`).toEqual(await fresh())
      }, patience)
    },
    stop: () => client.stop(),
  }
}

/** The posts that each connection got, in order. */
const postsOf = (frames: readonly EventFrame[]): Post[] =>
  frames.flatMap((frame) =>
    frame.event === 'posted' ? [JSON.parse((frame as EventFrame<'posted'>).data.post) as Post] : [],
  )

/** Checks on every connection: W18, and no post twice. */
export const expectOrder = ({ heard }: Watcher): void => {
  for (const frames of heard) {
    for (const posts of Map.groupBy(postsOf(frames), ({ channel_id }) => channel_id).values()) {
      const times = posts.map(({ create_at }) => create_at)
      expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b))
    }
  }
}
