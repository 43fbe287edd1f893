/**
 * A fixed set of German and English messages and queries: what each query must find, and what it must not.
 */
import { channelOf, direct, type Person, type Place, place, refused, signUp, write } from '@plausch/testkit'
import { type Channel, channels, members, type Post, posts, search, settings, teams } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertJobs } from '../../../core/queue-store.ts'
import { lockIndex } from './waiting-store.ts'

let at: Place
let lea: Person
let room: Channel
beforeAll(async () => {
  at = await place()
  lea = await signUp(at.server, 'lea', at.team.invite_id)
  room = await channelOf(at.ana, at.team, 'O', [at.bo, lea])
})
afterAll(() => at.stop())

type More = Record<string, unknown>

const found = (person: Person, terms: string, more: More = {}) =>
  person.call(search.posts, { body: { terms, ...more } })
const messages = async (person: Person, terms: string, more: More = {}): Promise<string[]> => {
  const { order, posts: byId } = await found(person, terms, more)
  return order.map((id) => byId[id]?.message ?? '')
}

const library = {
  antrag: 'Der Strahlzeitantrag für Halle 7 ist eingereicht',
  antraege: 'Bitte die Anträge bis Freitag abgeben',
  groesse: 'Die Größe der Kammer stimmt nicht',
  haus: 'Im Gästehaus sind noch zwei Häuser frei',
  strasse: 'Baustelle in der Notkestraße',
  maeuse: 'Zwei Maeuse im Serverraum',
  p07: 'P07 ist ab morgen wieder in Betrieb',
  p07b: 'P07-Messhütte bleibt geschlossen',
  run: 'We are running the beam again',
  runs: 'The last runs were great, the magnets ran cold',
  detector: 'Detectors need calibration before the shift',
  quote: 'the quick brown fox jumps',
  quoted: 'a brown and quick fox',
  tag: 'Alles zu #Betriebsfest hier',
  cafe: 'Treffen im Café um drei',
  link: 'siehe https://example.invalid/wiki/Kryostat und test_file.txt',
  cpp: 'Der Fehler liegt in C++ und im Makefile',
} as const
type Key = keyof typeof library

describe('the fixed set', () => {
  beforeAll(async () => {
    for (const text of Object.values(library)) await write(at.ana, room, text)
  })

  it.each<[string, Key[]]>([
    // the word itself, upper or lower case
    ['eingereicht', ['antrag']],
    ['EINGEREICHT', ['antrag']],
    // parts of compounds, and their plurals
    ['Antrag', ['antraege', 'antrag']],
    ['Strahlzeit', ['antrag']],
    ['zeitantrag', ['antrag']],
    ['messhütte', ['p07b']],
    ['hütte', ['p07b']],
    ['gästehaus', ['haus']],
    // umlauts and ß, in every spelling
    ['Größe', ['groesse']],
    ['grösse', ['groesse']],
    ['groesse', ['groesse']],
    ['grosse', ['groesse']],
    ['Strasse', ['strasse']],
    ['straße', ['strasse']],
    ['Mäuse', ['maeuse']],
    ['cafe', ['cafe']],
    // German and English stems
    ['Anträgen', ['antraege']],
    ['Haus', ['haus']],
    ['running', ['runs', 'run']],
    ['detector', ['detector']],
    ['calibrations', ['detector']],
    ['magnet', ['runs']],
    // short words
    ['P07', ['p07b', 'p07']],
    ['p07', ['p07b', 'p07']],
    ['P0', []],
    ['C++', ['cpp']],
    // phrases
    ['"quick brown"', ['quote']],
    ['"brown quick"', []],
    ['"Größe der Kammer"', ['groesse']],
    // all words, any word, none of these
    ['quick fox', ['quoted', 'quote']],
    ['quick fox -jumps', ['quoted']],
    ['fox -"quick brown"', ['quoted']],
    ['quick nothing', []],
    // prefixes
    ['calib*', ['detector']],
    ['Notke*', ['strasse']],
    ['kalib*', []],
    // hashtags are not words
    ['#betriebsfest', ['tag']],
    ['#betrieb', []],
    ['#fox', []],
    // addresses and file names
    ['Kryostat', ['link']],
    // punctuation around words
    ['(Halle)', ['antrag']],
    ['freitag!', ['antraege']],
    // no words at all
    [' ', []],
    ['-', []],
    ['???', []],
  ])('%j', async (terms, keys) => {
    expect(await messages(lea, terms, {})).toEqual(keys.map((key) => library[key]))
  })

  it('any word is enough if the search asks for that, but never an excluded one', async () => {
    const texts = await messages(lea, 'calibration magnets -cold', { is_or_search: true })
    expect(texts).toEqual([library.detector])
    expect(await messages(lea, 'calibration jumps', { is_or_search: true })).toEqual([
      library.quote,
      library.detector,
    ])
  })

  it('the reply lists the words for which each post was found', async () => {
    const { order, matches } = await found(lea, 'Antrag')
    expect(order.map((id) => matches[id])).toEqual([['Anträge'], ['Strahlzeitantrag']])
  })

  it('the results come in pages', async () => {
    expect(await messages(lea, 'Antrag', { per_page: 1 })).toEqual([library.antraege])
    expect(await messages(lea, 'Antrag', { per_page: 1, page: 1 })).toEqual([library.antrag])
  })
})

describe('filters', () => {
  let own: Channel
  let talk: Channel
  beforeAll(async () => {
    own = await channelOf(at.ana, at.team, 'P', [at.bo, lea])
    await write(at.bo, room, 'Quarz by Bo in the room')
    await write(at.bo, own, 'Quarz by Bo in the private one')
    await write(at.ana, own, 'Quarz by Ana in the private one')
    talk = await direct(at.bo, lea)
    await write(at.bo, talk, 'Quarz by Bo to Lea')
  })

  it('filter by people', async () => {
    expect(await messages(lea, `Quarz from:${at.ana.username}`)).toEqual(['Quarz by Ana in the private one'])
    expect(await messages(lea, `from:@${at.ana.username} Quarz`)).toEqual(['Quarz by Ana in the private one'])
    expect(await messages(lea, `Quarz from: ${at.ana.username}`)).toEqual(['Quarz by Ana in the private one'])
    expect(await messages(lea, `Quarz -from:${at.bo.username}`)).toEqual(['Quarz by Ana in the private one'])
    expect(await messages(lea, 'Quarz from:nobody')).toEqual([])
    expect(await messages(at.bo, `Quarz from:me in:${room.name}`)).toEqual(['Quarz by Bo in the room'])
  })

  it('filter by channels and conversations', async () => {
    expect(await messages(lea, `Quarz in:${room.name}`)).toEqual(['Quarz by Bo in the room'])
    expect(await messages(lea, `Quarz channel:~${room.name}`)).toEqual(['Quarz by Bo in the room'])
    expect(await messages(lea, `Quarz in:@${at.bo.username}`)).toEqual(['Quarz by Bo to Lea'])
    expect(await messages(lea, `Quarz in:${talk.name}`)).toEqual(['Quarz by Bo to Lea'])
    expect(await messages(lea, `Quarz -in:${own.name} -in:@${at.bo.username}`)).toEqual([
      'Quarz by Bo in the room',
    ])
    expect(await messages(lea, 'Quarz in:nowhere')).toEqual([])
  })

  it('work without words', async () => {
    expect(await messages(lea, `in:${own.name} from:${at.ana.username}`)).toEqual([
      'Quarz by Ana in the private one',
    ])
  })

  it('filter by days in the time zone of the searcher', async () => {
    const post = await write(at.bo, room, 'Basalt of long ago')
    // Half past eleven at night in UTC is the next day in Hamburg.
    const time = Date.parse('2021-03-10T23:30:00Z')
    for (const table of ['posts', 'search_posts']) {
      const id = table === 'posts' ? 'id' : 'post_id'
      await messages(lea, 'Basalt')
      await at.server.app.pool.run(`update ${table} set create_at = $2 where ${id} = $1`, [post.id, time])
    }
    const on = (terms: string, hours: number) =>
      messages(lea, `Basalt ${terms}`, { time_zone_offset: hours * 3600 })
    const there = ['Basalt of long ago']
    expect(await on('on:2021-03-10', 0)).toEqual(there)
    expect(await on('on:2021-03-10', 1)).toEqual([])
    expect(await on('on:2021-3-11', 1)).toEqual(there)
    expect(await on('before:2021-03-11', 0)).toEqual(there)
    expect(await on('before:2021-03-10', 0)).toEqual([])
    expect(await on('after:2021-03-09', 0)).toEqual(there)
    expect(await on('after:2021-03-10', 0)).toEqual([])
    expect(await on('after:2021-03-10', 1)).toEqual(there)
    expect(await on('-on:2021-03-10', 0)).toEqual([])
    expect(await on('on:2021-02-31', 0)).toEqual([])
  })
})

describe('what is found', () => {
  it('is only in the person’s own channels and conversations, even for administrators', async () => {
    const secret = await channelOf(at.ana, at.team, 'P', [at.bo])
    await write(at.ana, secret, 'Xylophon secret')
    await write(at.ana, await direct(at.ana, at.bo), 'Xylophon between us')
    for (const person of [lea, at.eve, at.root]) expect(await messages(person, 'Xylophon')).toEqual([])
    // Not even with a filter that names the channel, or one that excludes other channels.
    for (const terms of [
      `in:${secret.name}`,
      `in:${secret.id}`,
      `Xylophon -in:${room.name}`,
      `in:@${at.bo.username} Xylophon`,
    ])
      expect(await messages(lea, terms)).toEqual([])
    expect(await messages(at.bo, 'Xylophon')).toHaveLength(2)
  })

  it('ends with the membership', async () => {
    const left = await channelOf(at.ana, at.team, 'P', [lea])
    await write(at.ana, left, 'Zitrone')
    expect(await messages(lea, 'Zitrone')).toEqual(['Zitrone'])
    await lea.call(members.remove, { params: { channel_id: left.id, user_id: lea.id } })
    expect(await messages(lea, 'Zitrone')).toEqual([])
  })

  it('is the current text of a post: not the text before an edit, and nothing deleted', async () => {
    const post = await write(at.ana, room, 'Ananas')
    expect(await messages(lea, 'Ananas')).toEqual(['Ananas'])
    await at.ana.call(posts.patch, { params: { post_id: post.id }, body: { message: 'Brombeere' } })
    expect(await messages(lea, 'Ananas')).toEqual([])
    expect(await messages(lea, 'Brombeere')).toEqual(['Brombeere'])
    await at.ana.call(posts.remove, { params: { post_id: post.id } })
    expect(await messages(lea, 'Brombeere')).toEqual([])
    const rows = await at.server.app.pool.rows('select from search_posts where post_id = $1', [post.id])
    expect(rows).toEqual([])
  })

  it('includes archived channels only on request', async () => {
    const old = await channelOf(at.ana, at.team, 'O', [lea])
    await write(at.ana, old, 'Kirsche')
    await at.ana.call(channels.archive, { params: { channel_id: old.id } })
    expect(await messages(lea, 'Kirsche')).toEqual([])
    expect(await messages(lea, 'Kirsche', { include_deleted_channels: true })).toEqual(['Kirsche'])
  })

  it('in a team is from that team and from conversations', async () => {
    const other = await at.root.call(teams.create, {
      body: { name: 'another-team', display_name: 'Another', type: 'I' },
    })
    await at.root.call(teams.addMember, { params: { team_id: other.id }, body: { user_id: lea.id } })
    const elsewhere = await channelOf(lea, other, 'O')
    await write(lea, elsewhere, 'Pflaume there')
    await write(lea, room, 'Pflaume here')
    await write(lea, await direct(lea, at.bo), 'Pflaume between')
    const inTeam = async (team_id: string): Promise<string[]> => {
      const result = await lea.call(search.postsInTeam, { params: { team_id }, body: { terms: 'Pflaume' } })
      return result.order.map((id) => result.posts[id]?.message ?? '')
    }
    expect(await inTeam(at.team.id)).toEqual(['Pflaume between', 'Pflaume here'])
    expect(await inTeam(other.id)).toEqual(['Pflaume between', 'Pflaume there'])
    expect(await messages(lea, 'Pflaume')).toHaveLength(3)
    const body = { terms: 'Pflaume' }
    await refused('teams.not_found', at.bo.call(search.postsInTeam, { params: { team_id: other.id }, body }))
  })

  it('finds no more than its words do, whatever other characters the terms contain', async () => {
    for (const terms of [
      "' | '",
      "a' & 'b",
      'x:*',
      '\\',
      '!(',
      "fox'; drop table posts; --",
      '%',
      '_',
      '"',
      '<->',
      '*',
    ])
      await found(lea, terms)
    await refused('api.context.invalid_body_param.app_error', found(lea, 'x'.repeat(2000)))
  })
})

it('finds the attachments that a bot wrote', async () => {
  const attachments = [
    { fallback: 'x', title: 'Wochenbericht', fields: [{ title: 'a', value: 'Vakuumpumpe' }] },
  ]
  await at.ana.call(posts.create, {
    body: { channel_id: room.id, message: 'report', props: { attachments } },
  })
  expect(await messages(lea, 'Wochenbericht')).toEqual(['report'])
  expect(await messages(lea, 'pumpe')).toEqual(['report'])
})

it('can be switched off', async () => {
  await at.root.call(settings.patch, { body: { ServiceSettings: { EnablePostSearch: false } } })
  await refused('search.off', found(lea, 'fox'))
  await at.root.call(settings.patch, { body: { ServiceSettings: { EnablePostSearch: true } } })
})

it('indexes posts that were written while no indexer ran, also after a restart', async () => {
  const post: Post = await write(at.ana, room, 'Heidelbeere')
  await messages(lea, 'Heidelbeere')
  await at.server.app.pool.run('delete from search_posts where post_id = $1', [post.id])
  await at.server.app.pool.run(
    "insert into queue_jobs (queue, payload) values ('search.posts', jsonb_build_object('ids', array[$1]))",
    [post.id],
  )
  expect(await messages(lea, 'Heidelbeere')).toEqual(['Heidelbeere'])
})

it('finds the text of an edit that was in progress when the indexer ran', async () => {
  const { pool, server } = at.server.app
  const post = await write(at.ana, room, 'Johannisbeere')
  await pool.transaction(async (db) => {
    await db.run('update posts set message = $2 where id = $1', [post.id, 'Brombeere'])
    // The indexer reads the text as it is at this moment.
    await server.queues.flush('search.posts')
    await insertJobs(db, [{ queue: 'search.posts', payload: { ids: [post.id] } }])
  })
  expect(await messages(lea, 'Brombeere')).toEqual(['Brombeere'])
})

it('keeps nothing of a message that was deleted while it was being indexed', async () => {
  const { pool, server } = at.server.app
  const post = await write(at.ana, room, 'Moltebeere')
  await messages(lea, 'Moltebeere')
  const left = () => pool.rows('select * from search_posts where post_id = $1', [post.id])
  const [indexed] = await left()
  await pool.run('delete from search_posts where post_id = $1', [post.id])
  await pool.transaction(async (db) => {
    // Acts like an indexer that has read the message and has not finished.
    await lockIndex(db, 'post')
    await db.run('insert into search_posts select * from jsonb_populate_record(null::search_posts, $1)', [
      JSON.stringify(indexed),
    ])
    await at.ana.call(posts.remove, { params: { post_id: post.id } })
  })
  await server.queues.flush('search.posts')
  expect(await left()).toEqual([])
})

it('is not delayed by endless runs of letters', async () => {
  await write(at.ana, room, `${'a'.repeat(16_000)} Stachelbeere`)
  const attachments = [{ text: 'ä'.repeat(60_000), fallback: 'Mirabelle' }]
  await at.ana.call(posts.create, { body: { channel_id: room.id, message: 'long', props: { attachments } } })
  expect(await messages(lea, 'Mirabelle')).toEqual(['long'])
  const { order, matches } = await found(lea, 'Stachelbeere')
  expect(order.map((id) => matches[id])).toEqual([['Stachelbeere']])
})
