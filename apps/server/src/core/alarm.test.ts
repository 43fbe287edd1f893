import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openAlarm } from './alarm.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** When it rang, in milliseconds after the start. */
const rung = (): { times: number[]; alarm: ReturnType<typeof openAlarm> } => {
  const times: number[] = []
  const began = performance.now()
  return { times, alarm: openAlarm(() => times.push(performance.now() - began)) }
}

it('rings at each time, in whichever order they were asked for, and never before', () => {
  const { times, alarm } = rung()
  for (const ms of [30, 10, 20]) alarm.ringIn(ms)
  vi.advanceTimersByTime(15)
  expect(times).toHaveLength(1)
  alarm.ringIn(1)
  vi.advanceTimersByTime(100)
  expect(times).toHaveLength(4)
  for (const [n, wanted] of [10, 16, 20, 30].entries()) expect(times[n]).toBeGreaterThanOrEqual(wanted)
})

it('rings once for times within a millisecond', () => {
  const { times, alarm } = rung()
  for (let n = 0; n < 1000; n += 1) alarm.ringIn(10 + n / 1000)
  vi.advanceTimersByTime(100)
  expect(times.length).toBeLessThanOrEqual(2)
})

it('rings once for all calls that leave it the time', () => {
  const { times, alarm } = rung()
  for (let n = 0; n < 50; n += 1) {
    alarm.ringIn(0, 100)
    vi.advanceTimersByTime(1)
  }
  alarm.ringIn(60)
  vi.advanceTimersByTime(200)
  expect(times).toHaveLength(2)
})

it('is silent when it was stopped', () => {
  const { times, alarm } = rung()
  alarm.ringIn(10)
  alarm.stop()
  vi.advanceTimersByTime(100)
  expect(times).toEqual([])
})
