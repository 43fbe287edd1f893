import type { Channel, User } from '@plausch/wire'
import { describe, expect, test } from 'vitest'
import { type Candidate, named, ranked, scoreOf, termOf, waiting } from './switcher.ts'

const channel = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  place: { kind: 'channel', id: name, name, channel: { id: name } as Channel },
  named: named(name, name.toLowerCase()),
  rank: 0,
  isUnread: false,
  at: 0,
  ...more,
})
const person = (name: string, others = ''): Candidate => ({
  ...channel(name),
  place: { kind: 'person', id: name, name, user: { id: name } as User },
  named: named(name, others),
})
const names = (candidates: readonly Candidate[], term: string) =>
  ranked(candidates, term, 12).map(({ name }) => name)

describe('scores', () => {
  const score = (name: string, term: string) => scoreOf(named(name, ''), termOf(term))

  test('the beginning of the name is better than a later word, that better than the inside', () => {
    expect([score('Beam time', 'be'), score('Beam time', 'ti'), score('Beam time', 'im')]).toEqual([3, 2, 1])
    expect(score('Beam time', 'x')).toBe(0)
    expect(score('Beam time', 'time beam')).toBe(2)
  })

  test('umlauts are found with dots, without, and spelled out; ß as ss', () => {
    for (const term of ['prüf', 'pruf', 'pruef', 'PRÜF']) expect(score('Prüfstand', term)).toBe(3)
    expect(score('Pruefstand', 'prüf')).toBe(3)
    expect(score('Große Halle', 'gross')).toBe(3)
  })
})

test('what is visited more comes first, an unread one before a read one, channels before people', () => {
  const all = [
    person('Strahl, Anna'),
    channel('Strahlung'),
    channel('Strahlzeit', { rank: 4 }),
    channel('Strahlen', { isUnread: true }),
  ]
  expect(names(all, 'strahl')).toEqual(['Strahlzeit', 'Strahlen', 'Strahlung', 'Strahl, Anna'])
})

test('without a term the unread ones are apart, the latest first; people are left out', () => {
  const all = [
    channel('a', { at: 1 }),
    channel('b', { at: 2, isUnread: true }),
    channel('c', { at: 3, isUnread: true }),
    channel('d', { rank: 1 }),
    person('e'),
  ]
  const { unread, recent } = waiting(all, 12)
  expect(unread.map(({ name }) => name)).toEqual(['c', 'b'])
  expect(recent.map(({ name }) => name)).toEqual(['d', 'a'])
})

test('2,000 people and 300 channels are ranked between two frames', () => {
  const all = [
    ...Array.from({ length: 2000 }, (_, n) => person(`Person Nummer${n}`, `person.nummer${n}`)),
    ...Array.from({ length: 300 }, (_, n) => channel(`Kanal für Gruppe ${n}`)),
  ]
  names(all, 'warm up')
  const begin = performance.now()
  for (const term of ['g', 'gr', 'gru', 'grup', 'nummer1']) names(all, term)
  // A fifth of this on a usual machine; the tests also run on one that is ten times slower.
  expect((performance.now() - begin) / 5).toBeLessThan(150)
})
