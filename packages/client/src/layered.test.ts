import { describe, expect, test } from 'vitest'
import { Layered } from './layered.ts'

type Text = { text: string; by: string }
const upper = (record: Text | undefined) => record && { ...record, text: record.text.toUpperCase() }

describe('records with changes on top', () => {
  test('show the change, and what the server sends goes below it', () => {
    const records = new Layered<Text>()
    records.set('a', { text: 'one', by: 'ana' })
    records.lay('1', 'a', upper)
    records.set('a', { text: 'two', by: 'bo' })
    expect(records.one('a')).toEqual({ text: 'TWO', by: 'bo' })
    expect(records.base('a')).toEqual({ text: 'two', by: 'bo' })
    records.update('a', (record) => ({ ...record, text: `${record.text}!` }))
    records.lift('1', 'a')
    expect(records.one('a')).toEqual({ text: 'two!', by: 'bo' })
  })

  test('keep an accepted change, below those that still wait', () => {
    const records = new Layered<Text>()
    records.set('a', { text: 'one', by: 'ana' })
    records.lay('1', 'a', upper)
    records.lay('2', 'a', (record) => record && { ...record, by: 'me' })
    records.lift('1', 'a', true)
    expect(records.base('a')).toEqual({ text: 'ONE', by: 'ana' })
    expect(records.one('a')).toEqual({ text: 'ONE', by: 'me' })
  })

  test('may be hidden, or be there before the server has them', () => {
    const records = new Layered<Text>()
    records.set('a', { text: 'one', by: 'ana' })
    records.lay('1', 'a', () => undefined)
    records.lay('2', 'b', () => ({ text: 'new', by: 'me' }))
    expect(records.keys()).toEqual(['b'])
    records.replace(new Map([['a', { text: 'two', by: 'ana' }]]))
    expect(records.keys()).toEqual(['b'])
    records.lift('1', 'a')
    records.lift('2', 'b')
    expect(records.get()).toEqual([{ text: 'two', by: 'ana' }])
  })

  test('tell their watchers only of what is shown, and their writers of every change', () => {
    const records = new Layered<Text>()
    const told: string[] = []
    records.set('a', { text: 'one', by: 'ana' })
    records.lay('1', 'a', () => undefined)
    records.at('a').subscribe(() => told.push('watcher'))
    records.watchKeys((key) => told.push(key))
    records.set('a', { text: 'two', by: 'ana' })
    expect(told).toEqual(['a'])
  })
})
