/** The server is killed while jobs are due and running. None is lost, and each has its effect once. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Channel, channels, posts, reminders, scheduled } from '@plausch/wire'
import { expect, it } from 'vitest'
import { begin, type Client, startServer, usedFolder } from './server-process.ts'

const PLANNED = 40
const REMINDED = 20
const KILLS = 4
/** The jobs become due during this time, in which the server is killed. */
const SPAN_MS = 8000
/** Enough time to schedule all of them. */
const AHEAD_MS = 8000

const messagesIn = async (reader: Client, url: string, channelId: string): Promise<string[]> => {
  const params = { channel_id: channelId }
  const list = await reader.api(url).call(posts.listInChannel, { params, query: { per_page: 200 } })
  return list.order.flatMap((id) => list.posts[id] ?? []).map(({ message }) => message)
}

/** Schedules posts and reminders, due between `from` and the end of the span. */
const plan = async (client: Client, url: string, channel: Channel, from: number) => {
  const { call } = client.api(url)
  const timeOf = (n: number, count: number) => from + Math.round((n * SPAN_MS) / count)
  const each = (count: number, one: (n: number) => Promise<unknown>) =>
    Promise.all(Array.from({ length: count }, (_, n) => one(n)))
  await each(PLANNED, (n) => {
    const body = { channel_id: channel.id, message: `planned ${n}`, scheduled_at: timeOf(n, PLANNED) }
    return call(scheduled.create, { body })
  })
  await each(REMINDED, async (n) => {
    const { id } = await call(posts.create, { body: { channel_id: channel.id, message: `remind ${n}` } })
    const target_time = Math.ceil(timeOf(n, REMINDED) / 1000)
    await call(reminders.save, { params: { user_id: 'me', post_id: id }, body: { target_time } })
  })
}

const remindersOf = async (client: Client, url: string): Promise<string[]> => {
  const mine = await client.api(url).call(channels.listOfUser, { params: { user_id: 'me' } })
  const talks = mine.filter(({ type }) => type === 'D')
  const all = await Promise.all(talks.map(({ id }) => messagesIn(client, url, id)))
  return all.flat()
}

it('loses no job and runs none twice, if it is killed while scheduled posts and reminders are due', {
  timeout: 300_000,
}, async () => {
  const data = await usedFolder()
  let server = await startServer(data)
  const { admin, team } = await begin(server.url)
  const channel = await admin.api(server.url).call(channels.create, {
    body: { team_id: team.id, name: 'jobs', display_name: 'Jobs', type: 'O' },
  })
  const from = Date.now() + AHEAD_MS
  await plan(admin, server.url, channel, from)
  await sleep(from - Date.now())
  for (let n = 0; n < KILLS; n += 1) {
    await sleep(SPAN_MS / KILLS)
    await server.kill()
    server = await startServer(data)
  }
  const wanted = Array.from({ length: PLANNED }, (_, n) => `planned ${n}`).sort()
  const planned = async () =>
    (await messagesIn(admin, server.url, channel.id)).filter((text) => text.startsWith('planned')).sort()
  // Jobs that a killed server had claimed run again when their lease ends.
  const soon = { timeout: 80_000, interval: 500 }
  await expect.poll(planned, soon).toEqual(wanted)
  await expect.poll(async () => (await remindersOf(admin, server.url)).length, soon).toBe(REMINDED)
  await expect
    .poll(() => admin.api(server.url).call(scheduled.list, { params: { team_id: team.id } }), soon)
    .toEqual({ [team.id]: [] })
  expect(await planned()).toEqual(wanted)
  expect(new Set(await remindersOf(admin, server.url)).size).toBe(REMINDED)
})
