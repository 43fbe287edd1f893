import type { User } from '@plausch/wire'
import { expect, test } from 'vitest'
import { askedAt, complete, matching } from './suggest.ts'

test('finds the name at the caret, but not inside words and addresses', () => {
  expect(askedAt('hi @an', 6)).toEqual({ from: 3, to: 6, term: 'an' })
  expect(askedAt('@', 1)).toEqual({ from: 0, to: 1, term: '' })
  expect(askedAt('(@Ana', 5)?.term).toBe('ana')
  for (const text of ['mail a@b', '@ana ', 'x', '@@a'])
    expect(askedAt(text, text.length), text).toBeUndefined()
})

test('completing leaves the rest unchanged and the caret after the name', () => {
  const text = 'hi @an, there'
  expect(complete(text, { from: 3, to: 6, term: 'an' }, 'ana')).toEqual({ text: 'hi @ana , there', caret: 8 })
  expect(complete('@an there', { from: 0, to: 3, term: 'an' }, 'ana')).toEqual({
    text: '@ana there',
    caret: 5,
  })
})

test('usernames come before other names, and deactivated people are left out', () => {
  const user = (username: string, first_name = '', delete_at = 0) =>
    ({ username, first_name, last_name: '', nickname: '', delete_at }) as User
  const all = [user('bo', 'Anatol'), user('ana'), user('anton', '', 5), user('x.andre')]
  expect(matching(all, 'an').map(({ username }) => username)).toEqual(['ana', 'bo', 'x.andre'])
})

test('finds names in any alphabet, without their accents or with them', () => {
  for (const typed of ['änne', 'jör', 'jo\u0308r', 'мари', '美'])
    expect(askedAt(`hi @${typed}`, typed.length + 4)?.term).toBe(typed)
  const user = (username: string, first_name: string, last_name = '') =>
    ({ username, first_name, last_name, nickname: '', delete_at: 0 }) as User
  const all = [user('ao', 'Änne', 'Özdemir'), user('jg', 'Jörg'), user('mm', 'Мария'), user('eva', 'Éva')]
  const found = (term: string) => matching(all, term).map(({ username }) => username)
  for (const term of ['änne', 'anne', 'aenne', 'öz', 'oez', 'ozd']) expect(found(term), term).toEqual(['ao'])
  for (const term of ['jör', 'jor', 'joer', 'jo\u0308r']) expect(found(term), term).toEqual(['jg'])
  expect(found('мари')).toEqual(['mm'])
  expect(found('éva')).toEqual(['eva'])
})
