/**
 * Makes a small server's data larger in one direction, straight in its database: half a million posts through the API would take an hour. Rows are
 * copies of rows that the API made, with other ids, so nothing here knows more of a table than its keys. What references rows is not checked meanwhile.
 */
import type pg from 'pg'

/** What the data is made of; the first are people who sign in, the others stand in the database only. */
export type Numbers = {
  users: number
  /** Channels of each author, posts being in the first PLACES of them. */
  channels: number
  /** People in each of these channels. */
  members: number
  posts: number
}

export type Base = {
  team: string
  /** Their ids; members of all channels that are written to. */
  authors: string[]
  /** Somebody of whom the other people are copies. */
  model: string
  /** Channels that are written to, and that all posts are in. */
  places: string[]
  /** How many posts the API made, all in the first place. */
  written: number
}

/** Of people who are copies each is in so many channels beside those of everybody, with so many people in each. */
const OTHER_CHANNELS = 3
const IN_OTHER = 10

/** Ids that sort before those of our time, as older rows do. */
const COPIED = '11'
const idOf = (kind: string, n: string) => `'${COPIED}${kind}' || lpad((${n})::text, 23, '0')`

/**
 * A statement that copies rows of a table: for each row of `from` (with the columns that `changes` names) one, like the row `like`.
 */
const copies = (table: string, like: string, from: string, changes: Record<string, string>): string => {
  const pairs = Object.entries(changes).map(([column, value]) => `'${column}', ${value}`)
  return `insert into ${table} select copy.* from ${table} original, (${from}) source,
    lateral jsonb_populate_record(original, jsonb_build_object(${pairs.join(', ')})) copy
    where ${like} on conflict do nothing`
}

const quoted = (ids: readonly string[]) => ids.map((id) => `'${id}'`).join(', ')
const numbers = (from: number, to: number) => `select n from generate_series(${from + 1}, ${to}) n`

/** People in the team and the channels of everybody, and in some channels of their own. */
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

/** More people in the channels that are written to. */
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

/** Older posts, found by their words, read by everybody. */
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
    // Everybody in these channels has read all of it.
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

/** Adds what `to` has more than `from`; the search index is filled like everything else. */
export const enlarge = async (client: pg.Client, base: Base, from: Numbers, to: Numbers): Promise<void> => {
  const statements = [
    ...(to.users > from.users ? moreUsers(base, from.users, to.users) : []),
    ...(to.members > from.members ? moreMembers(base, from.members, to.members) : []),
    ...(to.channels > from.channels ? moreChannels(base, from.channels, to.channels) : []),
    ...(to.posts > from.posts ? morePosts(base, from.posts, to.posts) : []),
  ]
  // Constraints of keys hold all the same; only references are taken on trust.
  await client.query('set session_replication_role = replica')
  for (const statement of statements) await client.query(statement)
  await client.query('vacuum analyze')
  await client.query('checkpoint')
}
