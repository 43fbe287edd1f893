/**
 * Enlarges a small server's data in one dimension, directly in its database: half a million posts through the
 * API would take an hour. Rows are copies of rows that the API made, with other ids, so this file knows only
 * the keys of a table. Foreign keys are not checked meanwhile.
 */
import type pg from 'pg'

/** The size of the data. The first people can sign in, the others exist only in the database. */
export type Numbers = {
  users: number
  /** Channels of each author; posts are in the first PLACES of them. */
  channels: number
  /** People in each of these channels. */
  members: number
  posts: number
}

export type Base = {
  team: string
  /** Their ids; members of all channels that have posts. */
  authors: string[]
  /** The person of whom the other people are copies. */
  model: string
  /** Channels that have posts. */
  places: string[]
  /** How many posts the API made, all in the first channel. */
  written: number
}

/**
 * How many channels each copied person is in, in addition to the default ones, with so many people in each.
 */
const OTHER_CHANNELS = 3
const IN_OTHER = 10

/** Ids that sort before today's, as older rows do. */
const COPIED = '11'
const idOf = (kind: string, n: string) => `'${COPIED}${kind}' || lpad((${n})::text, 23, '0')`

/**
 * A statement that copies rows of a table: for each row of `from` (with the columns that `changes` names) one
 * copy of the row `like`.
 */
const copies = (table: string, like: string, from: string, changes: Record<string, string>): string => {
  const pairs = Object.entries(changes).map(([column, value]) => `'${column}', ${value}`)
  return `insert into ${table} select copy.* from ${table} original, (${from}) source,
    lateral jsonb_populate_record(original, jsonb_build_object(${pairs.join(', ')})) copy
    where ${like} on conflict do nothing`
}

const quoted = (ids: readonly string[]) => ids.map((id) => `'${id}'`).join(', ')
const numbers = (from: number, to: number) => `select n from generate_series(${from + 1}, ${to}) n`

/** People in the team, in the default channels, and in some other channels. */
const moreUsers = ({ team, model }: Base, from: number, to: number): string[] => {
  const source = numbers(from, to)
  const user_id = idOf('u', 'n')
  const ofModel = `original.user_id = '${model}'`
  const inOthers = `select n, k from generate_series(${from + 1}, ${to}) n, generate_series(1, ${OTHER_CHANNELS}) k`
  const others = (n: string, k: string) => idOf('o', `(${n} * ${k}) / ${IN_OTHER}`)
  const like = `${ofModel} and original.channel_id = (select min(channel_id) from channel_members where user_id = '${model}')`
  return [
    copies('users', `original.id = '${model}'`, source, {
      id: user_id,
      username: `'other' || n`,
      email: `'other' || n || '@example.invalid'`,
    }),
    copies('mention_words', ofModel, source, { word: `'@other' || n`, user_id }),
    copies('team_members', `${ofModel} and original.team_id = '${team}'`, source, { user_id }),
    copies('channel_members', ofModel, source, { user_id }),
    copies('channel_reads', ofModel, source, { user_id }),
    copies('channels', `original.name = 'place-0'`, inOthers, {
      id: others('n', 'k'),
      name: `'other-' || (n * k) / ${IN_OTHER}`,
      total_msg_count: '0',
      total_msg_count_root: '0',
    }),
    copies('channel_members', like, inOthers, { channel_id: others('n', 'k'), user_id }),
    copies('channel_reads', like, inOthers, { channel_id: others('n', 'k'), user_id }),
  ]
}

/** More people in the channels that have posts. */
const moreMembers = ({ places, authors }: Base, from: number, to: number): string[] => {
  // The authors are members already.
  const source = numbers(from - authors.length, to - authors.length)
  return ['channel_members', 'channel_reads'].map((table) =>
    copies(
      table,
      `original.user_id = '${authors[0]}' and original.channel_id in (${quoted(places)})`,
      source,
      {
        user_id: idOf('u', 'n'),
      },
    ),
  )
}

/** More channels of all authors, with two others in each. */
const moreChannels = ({ authors, places }: Base, from: number, to: number): string[] => {
  const channel_id = idOf('c', 'n')
  const source = numbers(from - places.length, to - places.length)
  const withPeople = `select n, p.user_id from (${source}) n, (select unnest(array[${quoted(authors)}, ${idOf('u', '1')}, ${idOf('u', '2')}]) user_id) p`
  const like = `original.user_id = '${authors[0]}' and original.channel_id = '${places[0]}'`
  return [
    copies('channels', `original.id = '${places[0]}'`, source, {
      id: channel_id,
      name: `'grown-' || n`,
      display_name: `'Grown ' || n`,
    }),
    ...['channel_members', 'channel_reads'].map((table) =>
      copies(table, like, withPeople, { channel_id, user_id: 'source.user_id' }),
    ),
  ]
}

/** Older posts, which search finds and everybody has read. */
const morePosts = ({ places, written }: Base, from: number, to: number): string[] => {
  const place = `(array[${quoted(places)}])[n % ${places.length} + 1]`
  const source = numbers(from, to)
  const made = `(select id, row_number() over (order by id) - 1 as k from posts where type = '' and id not like '${COPIED}%' order by id limit ${written})`
  const each = Math.round((to - from) / places.length)
  return [
    `create temp table models as select m.k, p.*, s.words from ${made} m join posts p using (id) join search_posts s on s.post_id = p.id`,
    `insert into posts select copy.* from (${source}) source join models m on m.k = n % ${written} join posts original on original.id = m.id,
       lateral jsonb_populate_record(original, jsonb_build_object('id', ${idOf('p', 'n')}, 'channel_id', ${place},
         'create_at', 1700000000000 + n, 'update_at', 1700000000000 + n, 'pending_post_id', '')) copy`,
    `insert into search_posts (post_id, channel_id, user_id, create_at, words)
       select ${idOf('p', 'n')}, ${place}, m.user_id, 1700000000000 + n, m.words from (${source}) source join models m on m.k = n % ${written}`,
    'drop table models',
    // Everybody in these channels has read everything.
    ...[
      ['channels', 'total_msg_count', 'id'],
      ['channels', 'total_msg_count_root', 'id'],
      ['channel_reads', 'msg_count', 'channel_id'],
      ['channel_reads', 'msg_count_root', 'channel_id'],
    ].map(
      ([table, column, key]) =>
        `update ${table} set ${column} = ${column} + ${each} where ${key} in (${quoted(places)})`,
    ),
  ]
}

/** Adds the difference between `from` and `to`; the search index is filled like everything else. */
export const enlarge = async (client: pg.Client, base: Base, from: Numbers, to: Numbers): Promise<void> => {
  const statements = [
    ...(to.users > from.users ? moreUsers(base, from.users, to.users) : []),
    ...(to.members > from.members ? moreMembers(base, from.members, to.members) : []),
    ...(to.channels > from.channels ? moreChannels(base, from.channels, to.channels) : []),
    ...(to.posts > from.posts ? morePosts(base, from.posts, to.posts) : []),
  ]
  // Primary keys and unique constraints still hold; only foreign keys are not checked.
  await client.query('set session_replication_role = replica')
  for (const statement of statements) await client.query(statement)
  await client.query('vacuum analyze')
  await client.query('checkpoint')
}
