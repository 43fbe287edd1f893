import { afterAll, expect, it, vi } from 'vitest'
import type { Server } from './server.ts'

// Modules of this file's own: no server of another test mounts what is declared here.
vi.resetModules()
afterAll(() => void vi.resetModules())
const { effect, mountEffects } = await import('./effects.ts')
const { readTold, throughJson, written } = await import('./told.ts')

const seen: unknown[] = []
const forget = effect<{ ids: readonly string[] }>('tests.forget', (_, data) => seen.push(data))
const settle = effect<{ password: string }>('tests.settle', () => undefined, {
  isSecret: true,
  elsewhere: (_server: Server) => undefined,
})
const all = [forget, settle]

it('does not start with an effect that no feature mounts', () => {
  expect(() => mountEffects([forget])).toThrow('effects that no feature mounts: tests.settle')
  expect(mountEffects(all).get('tests.forget')).toBe(forget)
})

it('does not start with two effects of one name', () => {
  expect(() => mountEffects([...all, { ...forget }])).toThrow('two effects have the same name')
})

it('reads back what was written, with its audience', () => {
  const told = {
    effects: [{ effect: forget, data: { ids: ['a', 'b'] } }],
    stamp: 7,
    events: [
      {
        event: 'posted' as const,
        data: { post: '{}' },
        audience: {
          channel: 'c',
          extra: new Map([['ana', { mentions: '["ana"]' }]]),
          acknowledge: new Set(['ana']),
        },
      },
    ],
  }
  expect(throughJson(mountEffects(all), told)).toEqual(told)
})

it('leaves secret data out of messages to other servers', () => {
  const told = { effects: [{ effect: settle, data: { password: 'hunter2' } }], events: [], stamp: 0 }
  expect(JSON.stringify(written(told, true))).not.toContain('hunter2')
  expect(readTold(mountEffects(all), written(told, true)).effects).toEqual([{ effect: settle, data: null }])
})

it('leaves out an effect that this version does not know', () => {
  expect(
    readTold(mountEffects(all), { effects: [['tests.newer', {}]], events: [], stamp: 0 }).effects,
  ).toEqual([])
})
