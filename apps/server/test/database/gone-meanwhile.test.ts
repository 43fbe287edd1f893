/**
 * Rows that a statement refers to disappear while it waits. It sees rows as they were when it began, but the
 * database checks references as they are. The caller gets the answer of a request that came a moment later.
 */
import { channelOf, type Person, type Place, place, write } from '@plausch/testkit'
import { type Post, posts, threads } from '@plausch/wire'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

/** A connection of the test, in a transaction that holds the locks of `sql`. */
const holding = async (sql: string, values: unknown[]): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: at.server.databaseUrl })
  await client.connect()
  onTestFinished(() => client.end())
  await client.query('begin')
  await client.query(sql, values)
  return client
}

/** Waits until a statement of the server waits for a lock of the client. */
const awaited = (client: pg.Client) =>
  expect
    .poll(
      async () => {
        const { rows } = await client.query<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity
           where datname = current_database() and pg_backend_pid() = any(pg_blocking_pids(pid))`,
        )
        return rows[0]?.n
      },
      { timeout: 15_000 },
    )
    .toBeGreaterThan(0)

const LOCK_CHANNEL = 'select from channels where id = $1 for update'
const REMOVE = 'delete from channel_members where channel_id = $1 and user_id = $2'

describe('a person is removed', () => {
  const thread = async (): Promise<{ root: Post; channelId: string }> => {
    const channel = await channelOf(at.ana, at.team, 'P', [at.bo])
    return { root: await write(at.ana, channel, 'first'), channelId: channel.id }
  }

  const answer = (by: Person, { id, channel_id }: Post, message: string) =>
    by.fetch('/api/v4/posts', {
      method: 'POST',
      body: JSON.stringify({ channel_id, root_id: id, message }),
    })

  const followers = async ({ id }: Post): Promise<string[]> =>
    (
      await at.server.app.pool.rows<{ user_id: string }>(
        'select user_id from thread_members where post_id = $1',
        [id],
      )
    ).map((row) => row.user_id)

  it('while a reply that mentions them waits: it is written, and they do not follow the thread', async () => {
    const { root, channelId } = await thread()
    const holder = await holding(LOCK_CHANNEL, [channelId])
    const sent = answer(at.ana, root, `@${at.bo.username}, look`)
    await awaited(holder)
    await holder.query(REMOVE, [channelId, at.bo.id])
    await holder.query('commit')
    expect((await sent).status).toBe(201)
    expect(await followers(root)).toEqual([at.ana.id])
    const { posts: seen } = await at.ana.call(posts.thread, { params: { post_id: root.id } })
    expect(Object.values(seen)).toHaveLength(2)
  })

  it('while their own reply waits: it is refused, and nothing of it stays', async () => {
    const { root, channelId } = await thread()
    const holder = await holding(LOCK_CHANNEL, [channelId])
    const sent = answer(at.bo, root, 'too late')
    await awaited(holder)
    await holder.query(REMOVE, [channelId, at.bo.id])
    await holder.query('commit')
    expect((await sent).status).toBe(404)
    const { posts: seen } = await at.ana.call(posts.thread, { params: { post_id: root.id } })
    expect(Object.values(seen)).toHaveLength(1)
  })

  it('while they start to follow a thread: the thread is not found', async () => {
    const { root, channelId } = await thread()
    const holder = await holding(REMOVE, [channelId, at.bo.id])
    const params = { user_id: at.bo.id, team_id: at.team.id, thread_id: root.id }
    const asked = at.bo.fetch(
      threads.follow.path.replaceAll(/\{(\w+)\}/g, (_, name) => params[name as 'user_id']),
      {
        method: 'PUT',
      },
    )
    await awaited(holder)
    await holder.query('commit')
    expect((await asked).status).toBe(404)
    expect(await followers(root)).not.toContain(at.bo.id)
  })
})
