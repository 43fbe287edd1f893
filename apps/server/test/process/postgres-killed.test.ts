/**
 * PostgreSQL is killed, as when the kernel needs its memory: people are told to wait, nobody loses anything,
 * and PostgreSQL comes back.
 */
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { posts } from '@plausch/wire'
import { expect, it } from 'vitest'
import { clusterOf, isAlive } from '../../src/core/postgres/fixture.ts'
import { findSurvivors } from '../../src/core/postgres/survivors.ts'
import { begin, type Client, signUp, startServer, until, usedFolder } from './server-process.ts'

type Answer = { status: number; retryAfter: string | null; id: string }

/** Writes until told to stop. Records the acknowledged posts, and all other answers. */
const writeOn = (client: Client, url: string, channelId: string) => {
  const [acknowledged, others]: [string[], Answer[]] = [[], []]
  let isOver = false
  const token = client.api(url).token()
  const write = async () => {
    for (let n = 0; !isOver; n += 1) {
      const body = { channel_id: channelId, message: `${client.user.username} ${n}`, pending_post_id: `${n}` }
      const response = await fetch(`${url}/api/v4/posts`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      })
      const reply = (await response.json()) as { id: string }
      if (response.status === 201) acknowledged.push(reply.id)
      else
        others.push({
          status: response.status,
          retryAfter: response.headers.get('retry-after'),
          id: reply.id,
        })
    }
  }
  const writing = write()
  return {
    acknowledged,
    others,
    async end() {
      isOver = true
      await writing
    },
  }
}

it('answers 503 while PostgreSQL is away, recovers by itself, and has lost nothing', async () => {
  const data = await usedFolder()
  const config = join(clusterOf(data), 'postgresql.conf')
  const server = await startServer(data)
  const { team, townSquare } = await begin(server.url)
  const people: Client[] = []
  for (const name of ['ana', 'bo', 'cleo', 'dan'])
    people.push(await signUp(server.url, name, { iid: team.invite_id }))
  const writers = people.map((person) => writeOn(person, server.url, townSquare))
  const everybodyWrote = (more: number) => {
    const before = writers.map(({ acknowledged }) => acknowledged.length)
    return () => writers.every(({ acknowledged }, at) => acknowledged.length >= (before[at] ?? 0) + more)
  }

  for (let round = 0; round < 3; round += 1) {
    await until('everybody has written', everybodyWrote(10))
    const { postmaster } = await findSurvivors(clusterOf(data))
    expect(postmaster).not.toBeNull()
    // Without its configuration PostgreSQL cannot start again, however fast the machine is.
    if (round === 0) await rename(config, `${config}.away`)
    process.kill(postmaster ?? -1, 'SIGKILL')
    if (round === 0) {
      await until('somebody is told to wait', () => writers.some(({ others }) => others.length > 0))
      await rename(`${config}.away`, config)
    }
    await until('it runs again', async () => {
      const now = (await findSurvivors(clusterOf(data))).postmaster
      return now !== null && now !== postmaster
    })
  }
  await until('everybody writes again', everybodyWrote(10))
  for (const writer of writers) await writer.end()

  const refused = writers.flatMap(({ others }) => others)
  expect(refused.length).toBeGreaterThan(0)
  for (const answer of refused) expect(answer).toEqual({ status: 503, id: 'unavailable', retryAfter: '2' })
  const [ana] = people as [Client]
  const ids = writers.flatMap(({ acknowledged }) => acknowledged)
  for (let at = 0; at < ids.length; at += 1000) {
    const asked = ids.slice(at, at + 1000)
    expect(await ana.api(server.url).call(posts.listByIds, { body: asked })).toHaveLength(asked.length)
  }

  expect(isAlive(server.pid)).toBe(true)
  const left = (await findSurvivors(clusterOf(data))).all
  expect(await server.stop()).toEqual({ code: 0, signal: null })
  expect(left.filter(isAlive)).toEqual([])
  expect(server.err()).not.toContain('nobody handled it')
})

it('stops in order even while PostgreSQL cannot be started', async () => {
  const data = await usedFolder()
  const server = await startServer(data)
  const { postmaster } = await findSurvivors(clusterOf(data))
  process.kill(postmaster ?? -1, 'SIGKILL')
  expect(await server.stop()).toEqual({ code: 0, signal: null })
  expect((await findSurvivors(clusterOf(data))).all).toEqual([])
})
