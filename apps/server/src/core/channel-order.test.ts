import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openChannelOrder, type Position } from './channel-order.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const LONGEST_MS = 2000

/** Takes places, and records the order in which their turns came. */
const watched = () => {
  const order = openChannelOrder(LONGEST_MS)
  const seen: string[] = []
  const take = (name: string, position?: Position, channel = 'room') => {
    const turn = order.take(channel, position)
    if (turn) void turn.then(() => seen.push(name))
    else seen.push(name)
  }
  return { seen, take }
}
const settled = () => vi.advanceTimersByTimeAsync(0)

it('a post waits for the previous one', async () => {
  const { seen, take } = watched()
  take('first', { after: 5, at: 10 })
  take('third', { after: 11, at: 12 })
  await settled()
  expect(seen).toEqual(['first'])
  take('second', { after: 10, at: 11 })
  await settled()
  expect(seen).toEqual(['first', 'second', 'third'])
})

it('an event in the channel follows the post that waits before it', async () => {
  const { seen, take } = watched()
  take('first', { after: null, at: 10 })
  take('edit')
  take('third', { after: 11, at: 12 })
  take('edit of the third')
  take('elsewhere', { after: 1, at: 2 }, 'other room')
  await settled()
  expect(seen).toEqual(['first', 'edit', 'elsewhere'])
  take('second', { after: 10, at: 11 })
  await settled()
  expect(seen.slice(3)).toEqual(['second', 'third', 'edit of the third'])
})

it('the first post seen in a channel waits for nothing', () => {
  const { seen, take } = watched()
  take('first', { after: 99, at: 100 })
  expect(seen).toEqual(['first'])
})

it('nobody waits for ever for a post that is never published', async () => {
  const { seen, take } = watched()
  take('first', { after: null, at: 10 })
  take('third', { after: 11, at: 12 })
  take('fourth', { after: 12, at: 13 })
  await vi.advanceTimersByTimeAsync(LONGEST_MS - 1)
  expect(seen).toEqual(['first'])
  await vi.advanceTimersByTimeAsync(1)
  expect(seen).toEqual(['first', 'third', 'fourth'])
  take('fifth', { after: 13, at: 14 })
  take('the second, too late', { after: 10, at: 11 })
  expect(seen).toEqual(['first', 'third', 'fourth', 'fifth', 'the second, too late'])
})
