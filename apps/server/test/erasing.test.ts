/**
 * Deleting is deleting: nothing that anybody keeps of a post outlives it, in whatever table. The database
 * itself is asked, so that a table of tomorrow is looked at, too.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { channelOf, type Place, place, sendFile } from '@plausch/testkit'
import {
  acknowledgements,
  drafts,
  type Post,
  posts,
  preferences,
  reactions,
  reminders,
  scheduled,
  settings,
  threads,
} from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

const WORD = 'zirkonverschluss'

let at: Place
const page = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end(`<title>${WORD}</title>`)
})
beforeAll(async () => {
  at = await place()
  await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  page.close()
  await at.stop()
})

const pool = () => at.server.app.pool

/** Tables with rows in which the text occurs. */
const tablesWith = async (text: string): Promise<string[]> => {
  const tables = await pool().rows<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
  )
  const found = []
  for (const { name } of tables) {
    const rows = await pool().unprepared(`select from ${name} t where t::text like '%${text}%' limit 1`)
    if (rows.length > 0) found.push(name)
  }
  return found
}

/** Tables with a column for the id of a post, by its name. */
const tablesOfPosts = async (): Promise<string[]> =>
  (
    await pool().rows<{ name: string }>(
      `select distinct table_name::text as name from information_schema.columns
       where table_schema = 'public' and column_name in ('post_id', 'root_id') order by 1`,
    )
  ).map(({ name }) => name)

/** Earlier versions of the server kept in these what was to be done. They are empty. */
const EMPTIED = ['preview_queue', 'search_queue']

/** A post with one of everything that hangs on posts. */
const laden = async (): Promise<Post> => {
  const { ana, bo, root } = at
  const address = `http://127.0.0.1:${(page.address() as AddressInfo).port}/`
  await root.call(settings.patch, {
    body: {
      ServiceSettings: { AllowedUntrustedInternalConnections: '127.0.0.1', EnableLinkPreviews: true },
    },
  })
  const room = await channelOf(ana, at.team, 'P', [bo, root])
  const file = await sendFile(ana, room, `${WORD}.txt`, WORD)
  const post = await ana.call(posts.create, {
    body: {
      channel_id: room.id,
      message: `@${root.user.username} ${WORD} #${WORD} ${address}`,
      props: { kept: WORD },
      file_ids: [file.id],
      metadata: { priority: { priority: 'urgent', requested_ack: true, persistent_notifications: true } },
    },
  })
  const params = { post_id: post.id }
  const reply = { channel_id: room.id, root_id: post.id, message: WORD }
  await ana.call(posts.patch, { params, body: { message: `${post.message} again` } })
  await bo.call(posts.create, { body: reply })
  await bo.call(reactions.save, { body: { user_id: bo.user.id, post_id: post.id, emoji_name: 'smile' } })
  const mine = { user_id: bo.user.id, post_id: post.id }
  await bo.call(reminders.save, { params: mine, body: { target_time: Math.ceil(Date.now() / 1000) + 3600 } })
  const saved = { user_id: bo.user.id, category: 'flagged_post', name: post.id, value: 'true' }
  await bo.call(preferences.save, { params: { user_id: 'me' }, body: [saved] })
  await bo.call(drafts.save, { body: reply })
  await bo.call(scheduled.create, { body: { ...reply, scheduled_at: Date.now() + 3_600_000 } })
  await ana.call(threads.follow, { params: { user_id: 'me', team_id: at.team.id, thread_id: post.id } })
  await expect.poll(() => tablesWith(address)).toContain('link_previews')
  return post
}

/** What may know a deleted post by its id. None of it says what the post said. */
const TOMBSTONES = ['posts', 'thread_members', 'threads']
/** A reply that its author has planned is theirs. It tells them in time that it could not be sent. */
const OF_THE_AUTHOR = 'scheduled_posts'
/** The words that were ever searched for or written on this server, without where. */
const WORDS = 'search_vocabulary'

it('leaves nothing of a post, whatever hung on it', async () => {
  const post = await laden()
  await at.bo.call(acknowledgements.save, { params: { user_id: 'me', post_id: post.id } })
  const before = await tablesWith(post.id)
  expect((await tablesOfPosts()).filter((name) => !EMPTIED.includes(name) && !before.includes(name))).toEqual(
    [],
  )
  await at.ana.call(posts.remove, { params: { post_id: post.id } })
  await expect.poll(() => tablesWith(post.id)).toEqual([TOMBSTONES, OF_THE_AUTHOR].flat().sort())
  await expect.poll(() => tablesWith(WORD)).toEqual([OF_THE_AUTHOR, WORDS])
})
