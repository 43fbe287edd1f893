import type { User } from '@plausch/wire'
import { expect, test } from 'vitest'
import { askedAt, complete, matching } from './suggest.ts'

test('a name is asked for at the caret, not inside words and addresses', () => {
  expect(askedAt('hi @an', 6)).toEqual({ from: 3, to: 6, term: 'an' })
  expect(askedAt('@', 1)).toEqual({ from: 0, to: 1, term: '' })
  expect(askedAt('(@Ana', 5)?.term).toBe('ana')
  for (const text of ['mail a@b', '@ana ', 'x', '@@a'])
    expect(askedAt(text, text.length), text).toBeUndefined()
})

test('completing leaves the rest as it was and the caret after the name', () => {
  const text = 'hi @an, there'
  expect(complete(text, { from: 3, to: 6, term: 'an' }, 'ana')).toEqual({ text: 'hi @ana , there', caret: 8 })
  expect(complete('@an there', { from: 0, to: 3, term: 'an' }, 'ana')).toEqual({
    text: '@ana there',
    caret: 5,
  })
})

test('usernames come before other names, and nobody who is gone', () => {
  const user = (username: string, first_name = '', delete_at = 0) =>
    ({ username, first_name, last_name: '', nickname: '', delete_at }) as User
  const all = [user('bo', 'Anatol'), user('ana'), user('anton', '', 5), user('x.andre')]
  expect(matching(all, 'an').map(({ username }) => username)).toEqual(['ana', 'bo', 'x.andre'])
})
