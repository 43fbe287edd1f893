import type { User } from '@plausch/wire'
import { expect, test } from 'vitest'
import { bestNames, matching } from './offer.ts'

const user = (username: string, first_name = '', last_name = '', delete_at = 0) =>
  ({ id: username, username, first_name, last_name, nickname: '', delete_at }) as User
const found = (all: readonly User[], term: string) => matching(all, term).map(({ username }) => username)

test('usernames come before other names, and deactivated people are left out', () => {
  const all = [user('bo', 'Anatol'), user('ana'), user('anton', '', '', 5), user('x.andre')]
  expect(found(all, 'an')).toEqual(['ana', 'bo', 'x.andre'])
})

test('members of the channel come first, people outside last', () => {
  const all = ['anna', 'anton', 'andi'].map((name) => user(name))
  const standing = (id: string) => (id === 'anton' ? 'inside' : id === 'andi' ? 'outside' : 'unknown')
  expect(matching(all, 'an', standing).map(({ id }) => id)).toEqual(['anton', 'anna', 'andi'])
})

test('finds names in any alphabet, without their accents or with them', () => {
  const all = [user('ao', 'Änne', 'Özdemir'), user('jg', 'Jörg'), user('mm', 'Мария'), user('eva', 'Éva')]
  for (const term of ['änne', 'anne', 'aenne', 'öz', 'oez', 'ozd'])
    expect(found(all, term), term).toEqual(['ao'])
  for (const term of ['jör', 'jor', 'joer', 'jo\u0308r']) expect(found(all, term), term).toEqual(['jg'])
  expect(found(all, 'мари')).toEqual(['mm'])
  expect(found(all, 'éva')).toEqual(['eva'])
})

test('short names that begin alike come before words and parts of names', () => {
  const names = ['heart_eyes', 'heart', 'green_heart', 'x_theart', 'hear_no_evil', 'cat']
  const best = (term: string) => bestNames(names, term, (name) => [name])
  expect(best('heart')).toEqual(['heart', 'heart_eyes', 'green_heart', 'x_theart'])
  expect(best('zz')).toEqual([])
})

test('is quick for thousands of people', () => {
  const all = Array.from({ length: 3000 }, (_, i) => user(`person${i}`, `Jörg${i}`, `Müller-Özdemir${i}`))
  matching(all, 'mue')
  const start = performance.now()
  matching(all, 'muel')
  expect(performance.now() - start).toBeLessThan(300)
})
