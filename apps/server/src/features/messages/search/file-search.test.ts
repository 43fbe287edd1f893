import { channelOf, direct, type Person, type Place, place, refused, sendFile } from '@plausch/testkit'
import { type Channel, channels, members, posts, search, settings, teams } from '@plausch/wire'
import { strToU8, zipSync } from 'fflate'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

type More = Record<string, unknown>
const found = (by: Person, terms: string, more: More = {}) =>
  by.call(search.files, { body: { terms, ...more } })
const names = async (by: Person, terms: string, more: More = {}): Promise<string[]> => {
  const { order, file_infos } = await found(by, terms, more)
  return order.map((id) => file_infos[id]?.name ?? '')
}

const share = async (
  by: Person,
  channel: Channel,
  name: string,
  bytes: Uint8Array<ArrayBuffer> | string = 'x',
) => {
  const { id } = await sendFile(by, channel, name, bytes)
  const post = await by.call(posts.create, {
    body: { channel_id: channel.id, message: 'a file', file_ids: [id] },
  })
  return { id, post }
}
/** A separate process reads the content of files. */
const READING = { timeout: 15_000 }

const word = (text: string) =>
  new Uint8Array(
    zipSync({
      'word/document.xml': strToU8(`<w:document><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:document>`),
    }),
  )

describe('by name', () => {
  beforeAll(async () => {
    await share(at.ana, room, 'Quartalsbericht_2026-final.PDF')
    await share(at.bo, room, 'Messprotokoll Größe.txt')
    await share(at.ana, room, 'testFile.tar.gz')
    await share(at.ana, room, "O'Brien's notes.md")
  })

  it.each([
    ['quartalsbericht', ['Quartalsbericht_2026-final.PDF']],
    ['final', ['Quartalsbericht_2026-final.PDF']],
    ['2026', ['Quartalsbericht_2026-final.PDF']],
    ['bericht', ['Quartalsbericht_2026-final.PDF']],
    ['quart*', ['Quartalsbericht_2026-final.PDF']],
    ['pdf', ['Quartalsbericht_2026-final.PDF']],
    ['ext:pdf', ['Quartalsbericht_2026-final.PDF']],
    ['ext:.pdf,txt', ['Messprotokoll Größe.txt', 'Quartalsbericht_2026-final.PDF']],
    ['bericht -ext:pdf', []],
    ['bericht ext:txt', []],
    ['protokoll', ['Messprotokoll Größe.txt']],
    ['groesse', ['Messprotokoll Größe.txt']],
    ['"Messprotokoll Größe"', ['Messprotokoll Größe.txt']],
    ['"Größe Messprotokoll"', []],
    ['messprotokoll -größe', []],
    ['file', ['testFile.tar.gz']],
    ['brien', ["O'Brien's notes.md"]],
    [' ', []],
    ['%', []],
    ["') or true --", []],
  ])('%s', async (terms, expected) => {
    expect(await names(at.ana, terms)).toEqual(expected)
  })

  it('accepts either of several words if asked to, newest first, in pages', async () => {
    const both = await names(at.ana, 'bericht protokoll', { is_or_search: true })
    expect(both).toEqual(['Messprotokoll Größe.txt', 'Quartalsbericht_2026-final.PDF'])
    const second = { is_or_search: true, page: 1, per_page: 1 }
    expect(await names(at.ana, 'bericht protokoll', second)).toEqual(['Quartalsbericht_2026-final.PDF'])
  })

  it('filters by sender, channel and date', async () => {
    expect(await names(at.ana, `from:${at.bo.username}`)).toEqual(['Messprotokoll Größe.txt'])
    expect(await names(at.ana, `-from:${at.bo.username} in:${room.name} ext:txt`)).toEqual([])
    expect(await names(at.ana, `in:${room.name} ext:txt`)).toEqual(['Messprotokoll Größe.txt'])
    expect(await names(at.ana, 'ext:txt before:2020-01-01')).toEqual([])
    expect(await names(at.ana, 'ext:txt after:2020-01-01')).toEqual(['Messprotokoll Größe.txt'])
    expect(await names(at.ana, 'from:nobody-of-this-name ext:txt')).toEqual([])
  })

  it('has the reply that clients expect', async () => {
    const { id, post } = await share(at.bo, room, 'record.bin')
    const reply = await at.ana.call(search.filesInTeam, {
      params: { team_id: at.team.id },
      body: { terms: 'record' },
    })
    expect(reply).toEqual({
      order: [id],
      file_infos: { [id]: expect.objectContaining({ id, name: 'record.bin', post_id: post.id }) },
      next_file_info_id: '',
      prev_file_info_id: '',
      first_inaccessible_file_time: 0,
    })
  })
})

describe('by content', () => {
  it('finds text and office documents after the server has read them', async () => {
    await share(at.ana, room, 'a.txt', 'Die Vakuumkammer wird am Montag geöffnet')
    await share(at.ana, room, 'b.docx', word('Undulatoren im Kryostaten'))
    await vi.waitFor(async () => {
      expect(await names(at.bo, 'kammer montag')).toEqual(['a.txt'])
      expect(await names(at.bo, 'undulator')).toEqual(['b.docx'])
    }, READING)
    expect(await names(at.bo, '"am Montag"')).toEqual(['a.txt'])
    expect(await names(at.bo, 'vakuumkammer -montag')).toEqual([])
    expect(await names(at.bo, 'vakuumkammer ext:docx')).toEqual([])
  })

  it('of great length does not keep others from being found', async () => {
    const noise = Array.from({ length: 120_000 }, (_, n) => `${n.toString(36)}qx${(n * 7919).toString(36)}`)
    await share(at.ana, room, 'endless.txt', noise.join(' '))
    await share(at.ana, room, 'after.txt', 'Nachzügler')
    await vi.waitFor(async () => expect(await names(at.bo, 'nachzügler')).toEqual(['after.txt']), READING)
    expect(await names(at.bo, 'endless')).toEqual(['endless.txt'])
  })
})

describe('what is found', () => {
  it('is only what the searcher may open, whoever they are', async () => {
    const talk = await direct(at.ana, at.bo)
    await share(at.ana, talk, 'geheimnis.txt', 'streng vertraulich')
    await share(at.ana, room, 'geheimsache.txt')
    await vi.waitFor(async () => expect(await names(at.bo, 'vertraulich')).toHaveLength(1), READING)
    expect((await names(at.bo, 'geheim*')).sort()).toEqual(['geheimnis.txt', 'geheimsache.txt'])
    for (const outsider of [at.eve, at.root]) {
      for (const terms of ['geheim*', 'vertraulich', 'ext:txt', `in:${room.name}`, `in:${room.id}`]) {
        expect(await names(outsider, terms), terms).toEqual([])
      }
    }
    await refused(
      'teams.not_found',
      at.eve.call(search.filesInTeam, { params: { team_id: at.team.id }, body: { terms: 'geheim*' } }),
    )
  })

  it('follows memberships at once', async () => {
    const other = await channelOf(at.ana, at.team, 'P', [at.bo])
    await share(at.ana, other, 'mitgliedschaft.txt')
    expect(await names(at.bo, 'mitgliedschaft')).toHaveLength(1)
    await at.ana.call(members.remove, { params: { channel_id: other.id, user_id: at.bo.id } })
    expect(await names(at.bo, 'mitgliedschaft')).toEqual([])
  })

  it('excludes files that are not attached, and other teams if the search is in one team', async () => {
    await sendFile(at.ana, room, 'lose.txt', 'x')
    expect(await names(at.ana, 'lose')).toEqual([])
    const { id } = await at.root.call(teams.create, {
      body: { name: `t${Date.now().toString(36)}`, display_name: 'Other', type: 'I' },
    })
    await at.root.call(teams.addMember, {
      params: { team_id: id },
      body: { user_id: at.ana.id },
    })
    const inOther = await at.ana.call(search.filesInTeam, {
      params: { team_id: id },
      body: { terms: 'ext:pdf' },
    })
    expect(inOther.order).toEqual([])
  })

  it('excludes files of deleted messages, and files that an edit removed', async () => {
    const { post, id } = await share(at.ana, room, 'verschwunden.txt')
    const kept = await share(at.ana, room, 'verschwunden-noch-da.txt')
    await found(at.ana, 'verschwunden')
    await at.ana.call(posts.remove, { params: { post_id: post.id } })
    expect(await names(at.ana, 'verschwunden')).toEqual(['verschwunden-noch-da.txt'])
    expect(await at.server.app.pool.rows('select from search_files where file_id = $1', [id])).toEqual([])
    await at.ana.call(posts.patch, { params: { post_id: kept.post.id }, body: { file_ids: [] } })
    expect(await names(at.ana, 'verschwunden')).toEqual([])
  })

  it('includes files that an edit added', async () => {
    const { post, id } = await share(at.ana, room, 'anfang.txt')
    const added = await sendFile(at.ana, room, 'nachtrag.txt', 'x')
    await at.ana.call(posts.patch, { params: { post_id: post.id }, body: { file_ids: [id, added.id] } })
    expect(await names(at.ana, 'nachtrag')).toEqual(['nachtrag.txt'])
  })

  it('includes files of archived channels only on request', async () => {
    const old = await channelOf(at.ana, at.team, 'P')
    await share(at.ana, old, 'archivgut.txt')
    await at.ana.call(channels.archive, { params: { channel_id: old.id } })
    expect(await names(at.ana, 'archivgut')).toEqual([])
    expect(await names(at.ana, 'archivgut', { include_deleted_channels: true })).toEqual(['archivgut.txt'])
  })
})

describe('while the file search is off', () => {
  const switchTo = (EnableFileSearch: boolean) =>
    at.root.call(settings.patch, { body: { ServiceSettings: { EnableFileSearch } } })
  afterEach(() => switchTo(true))

  it('the server refuses searches', async () => {
    await switchTo(false)
    await refused('search.files_off', found(at.ana, 'x'))
    await at.ana.call(search.posts, { body: { terms: 'x' } })
  })
})
