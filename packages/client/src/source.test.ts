import { describe, expect, it } from 'vitest'
import { batch, Collection, derive, type Source, select, Value } from './source.ts'

/** How often watchers of a source were called. */
const calls = (source: Source<unknown>): (() => number) => {
  let count = 0
  source.get()
  source.subscribe(() => {
    count += 1
  })
  return () => count
}

describe('batch', () => {
  it('calls a listener once, after the last change, however many of its sources changed', () => {
    const [a, b] = [new Value(1), new Value(2)]
    const sum = derive([a, b], (x, y) => x + y)
    const seen: number[] = []
    sum.subscribe(() => seen.push(sum.get()))
    batch(() => {
      a.set(10)
      b.set(20)
      batch(() => a.set(11))
      expect(sum.get()).toBe(31)
      expect(seen).toEqual([])
    })
    expect(seen).toEqual([31])
  })

  it('calls listeners even if the work fails, and those of later changes at once', () => {
    const a = new Value(1)
    const count = calls(a)
    expect(() =>
      batch(() => {
        a.set(2)
        throw new Error('broken')
      }),
    ).toThrow('broken')
    expect(count()).toBe(1)
    a.set(3)
    expect(count()).toBe(2)
  })

  it('does not call a listener that another one has removed meanwhile', () => {
    const a = new Value(1)
    const called: string[] = []
    a.subscribe(() => {
      called.push('first')
      end()
    })
    const end = a.subscribe(() => called.push('second'))
    batch(() => a.set(2))
    expect(called).toEqual(['first'])
  })
})

describe('a collection', () => {
  it('reports its keys only when one is added or removed', () => {
    const all = new Collection<number>()
    const count = calls(all.ids)
    all.set('a', 1)
    all.set('b', 2)
    expect(count()).toBe(2)
    all.set('a', 3)
    expect(count()).toBe(2)
    all.delete('a')
    expect(all.ids.get()).toEqual(['b'])
    all.replace(
      new Map([
        ['c', 1],
        ['d', 2],
      ]),
    )
    expect(count()).toBe(4)
    expect(all.ids.get()).toEqual(['c', 'd'])
  })
})

describe('select', () => {
  it('follows the sources that it read last, and no others', () => {
    const which = new Value('a')
    const records = new Collection<string>()
    records.set('a', 'Ana')
    records.set('b', 'Bo')
    let computed = 0
    const name = select((read) => {
      computed += 1
      return read(records.at(read(which)))
    })
    const count = calls(name)
    records.set('b', 'Bob')
    expect([name.get(), count(), computed]).toEqual(['Ana', 0, 1])
    which.set('b')
    expect([name.get(), count()]).toEqual(['Bob', 1])
    records.set('a', 'Anna')
    expect([count(), computed]).toEqual([1, 2])
    records.set('b', 'Bo')
    expect([name.get(), count()]).toEqual(['Bo', 2])
  })

  it('keeps the earlier result, and calls nobody, while it is the same', () => {
    const all = new Value([1, 2, 3])
    const even = select(
      (read) => read(all).filter((n) => n % 2 === 0),
      (a, b) => a.join() === b.join(),
    )
    const [count, first] = [calls(even), even.get()]
    all.set([5, 2, 7])
    expect(even.get()).toBe(first)
    expect(count()).toBe(0)
    all.set([4])
    expect(even.get()).toEqual([4])
    expect(count()).toBe(1)
  })

  it('lets go of everything at the end', () => {
    const a = new Value(1)
    let computed = 0
    const twice = select((read) => {
      computed += 1
      return read(a) * 2
    })
    const end = twice.subscribe(() => undefined)
    end()
    a.set(2)
    expect(computed).toBe(1)
    expect(twice.get()).toBe(4)
  })
})
