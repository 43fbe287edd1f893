import { expect, it } from 'vitest'
import { sparse } from './sparse.ts'

type Thing = { id: string; size: number; name: string; isOn: boolean; tags: string[]; props: object }

const things = sparse<Thing>(['id'], { size: 0, name: '', isOn: false, tags: [], props: {} })

it('selects nothing if a column has its usual value', () => {
  expect(things.columns('t')).toBe(
    "t.id, nullif(t.size, 0) as size, nullif(t.name, '') as name, nullif(t.isOn, false) as isOn, nullif(t.tags, '{}') as tags, nullif(t.props, '{}'::jsonb) as props",
  )
})

it('fills in values that were not sent, separately for each row, and leaves the others', () => {
  const nothing = { size: null, name: null, isOn: null, tags: null, props: null }
  const sent = { id: 'c', size: 1, name: 'x', isOn: true, tags: ['y'], props: { z: 1 } }
  const rows = [{ id: 'a', ...nothing }, { id: 'b', ...nothing }, { ...sent }] as unknown as Thing[]
  const [first, second, third] = things.fill(rows)
  expect(first).toEqual({ id: 'a', size: 0, name: '', isOn: false, tags: [], props: {} })
  expect(third).toEqual(sent)
  first?.tags.push('mine')
  expect(second).toEqual({ ...first, id: 'b', tags: [] })
})
