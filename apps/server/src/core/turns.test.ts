import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openTurns } from './turns.ts'

/** One turn at a time and at most three waiting. Records the order in which they ran, and who was refused. */
const crowd = () => {
  const inTurn = openTurns(1, 3, () => new Error('busy'))
  const order: string[] = []
  const enter = (place: string, name: string) =>
    inTurn(place, async () => {
      await sleep(1)
      order.push(name)
    }).catch((error: Error) => void order.push(`${name} ${error.message}`))
  return { order, enter }
}

it('serves the lines in rotation, whoever asked first', async () => {
  const { order, enter } = crowd()
  await Promise.all([enter('a', 'a1'), enter('a', 'a2'), enter('a', 'a3'), enter('b', 'b1')])
  expect(order).toEqual(['a1', 'a2', 'b1', 'a3'])
})

it('refuses the last of the longest line if too many wait', async () => {
  const { order, enter } = crowd()
  await Promise.all([
    ...['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => enter('a', name)),
    ...['b1', 'b2'].map((name) => enter('b', name)),
  ])
  expect(order.filter((name) => name.endsWith('busy')).toSorted()).toEqual(['a4 busy', 'a5 busy', 'b2 busy'])
  expect(order.filter((name) => !name.endsWith('busy'))).toEqual(['a1', 'a2', 'b1', 'a3'])
})

it('continues after work that fails, and is free when all is done', async () => {
  const { order, enter } = crowd()
  const inTurn = openTurns(1, 3, () => new Error('busy'))
  await expect(inTurn('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  await expect(
    Promise.all(['a', 'b', 'c', 'd'].map((place) => inTurn(place, async () => place))),
  ).resolves.toEqual(['a', 'b', 'c', 'd'])
  await enter('a', 'a1')
  await enter('a', 'a2')
  expect(order).toEqual(['a1', 'a2'])
})
