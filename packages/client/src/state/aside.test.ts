/** What is put aside when a page ends, and a page that lives on. */
import { expect, test } from 'vitest'
import type { LocalWrite } from '../local/database.ts'
import { createWritings } from './aside.ts'
import type { Context } from './noun.ts'

/** A device whose writes are done when the test says so; `isThere` false is one without a database. */
const deviceOf = (rows: Map<string, unknown>, isThere = true) => {
  const waiting: (() => void)[] = []
  let isHeld = false
  const write = async (writes: readonly LocalWrite[]): Promise<boolean> => {
    if (isHeld) await new Promise<void>((resolve) => waiting.push(resolve))
    if (!isThere) return false
    for (const { key, value } of writes) {
      if (value === undefined) rows.delete(key)
      else rows.set(key, value)
    }
    return true
  }
  return {
    device: { write, readAll: async () => new Map(rows) } as unknown as Context['device'],
    hold(): void {
      isHeld = true
    },
    go(): void {
      isHeld = false
      for (const each of waiting.splice(0)) each()
    },
  }
}

const open = (rows: Map<string, unknown>, kept: Map<string, string>, isThere = true) => {
  const { device, ...hand } = deviceOf(rows, isThere)
  const storage = {
    get: (key: string) => kept.get(key) ?? null,
    set: (key: string, value: string) => void kept.set(key, value),
    remove: (key: string) => void kept.delete(key),
  }
  const work: Promise<unknown>[] = []
  const place = { device, storage, me: () => 'me', track: (each: Promise<unknown>) => void work.push(each) }
  return { ...hand, ...createWritings(place, 'drafts'), settled: () => Promise.all(work) }
}

test('what a page that came back has stored since wins over what it had put aside', async () => {
  const [rows, kept] = [new Map<string, unknown>(), new Map<string, string>()]
  const page = open(rows, kept)
  page.hold()
  void page.write('town', 'a')
  page.putAside()
  expect(kept.size).toBe(1)
  page.go()
  await page.settled()
  await page.write('town', 'a, and more')
  page.putAside()
  const { all } = await open(rows, kept).readAll()
  expect([...all]).toEqual([['town', 'a, and more']])
})

test('what another tab has put aside stays', async () => {
  const [rows, kept] = [new Map<string, unknown>(), new Map<string, string>()]
  const [page, other] = [open(rows, kept), open(rows, kept)]
  page.hold()
  other.hold()
  void page.write('town', 'a')
  page.putAside()
  void other.write('town', 'of the other')
  other.putAside()
  page.go()
  await page.settled()
  expect((await open(rows, kept).readAll()).all.get('town')).toBe('of the other')
})

test('a deletion is put aside only if there may be something to delete', async () => {
  const [rows, kept] = [new Map<string, unknown>(), new Map<string, string>()]
  const page = open(rows, kept)
  page.hold()
  void page.write('nothing', undefined)
  page.putAside()
  expect(kept.size).toBe(0)
  void page.write('town', 'sent at once')
  void page.write('town', undefined)
  page.putAside()
  expect([...kept.values()]).toEqual(['{"town":null}'])
  // The page ends before the deletion is done.
  rows.set('town', 'sent at once')
  expect([...(await open(rows, kept).readAll()).all]).toEqual([])
})

test('without a database nothing piles up, and what was sent does not come back', async () => {
  const [rows, kept] = [new Map<string, unknown>(), new Map<string, string>()]
  const page = open(rows, kept, false)
  await page.write('town', 'a')
  page.putAside()
  expect(kept.size).toBe(1)
  await page.write('town', undefined)
  expect(kept.size).toBe(0)
  page.putAside()
  expect(kept.size).toBe(0)
  // The next page finds what this one leaves, and deletes it.
  await page.write('town', 'b')
  page.putAside()
  const next = open(rows, kept, false)
  expect((await next.readAll()).all.get('town')).toBe('b')
  await next.write('town', undefined)
  expect(kept.size).toBe(0)
})
