import { expect, test } from 'vitest'
import { customStatusOf, recentStatusesOf } from './custom-status.ts'

const NOW = Date.UTC(2026, 10, 30, 12)
const with_ = (status: unknown) => ({
  props: { customStatus: typeof status === 'string' ? status : JSON.stringify(status) },
})

test('a status is shown until its end', () => {
  const status = { emoji: 'house', text: 'At home', duration: 'one_hour', expires_at: '2026-11-30T13:00:00Z' }
  const end = Date.UTC(2026, 10, 30, 13)
  expect(customStatusOf(with_(status), NOW)).toEqual({ emoji: 'house', text: 'At home', expiresAt: end })
  expect(customStatusOf(with_(status), end)).toBeUndefined()
})

test("v4's zero time is no end", () => {
  const status = { emoji: '', text: 'Here', duration: '', expires_at: '0001-01-01T00:00:00Z' }
  expect(customStatusOf(with_(status), NOW)).toEqual({
    emoji: 'speech_balloon',
    text: 'Here',
    expiresAt: 0,
  })
})

test('what other clients wrote wrongly is no status', () => {
  for (const wrong of ['', '{', 'null', '"text"', '[]', '{}'])
    expect(customStatusOf(with_(wrong), NOW)).toBeUndefined()
  expect(customStatusOf(undefined, NOW)).toBeUndefined()
  const kept = (value: string) => ({ user_id: 'u', category: 'custom_status', name: 'recent', value })
  expect(recentStatusesOf(kept('[{"text":"a"},null,1]'))).toEqual([{ text: 'a' }])
  expect(recentStatusesOf(kept('{'))).toEqual([])
  expect(recentStatusesOf(undefined)).toEqual([])
})
