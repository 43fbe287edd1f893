import { expect, it } from 'vitest'
import { everyPage } from './pages.ts'

const server = (all: readonly number[]) => {
  const asked: number[] = []
  const ask = async ({ page, per_page }: { page: number; per_page: number }) => {
    asked.push(page)
    return all.slice(page * per_page, (page + 1) * per_page)
  }
  return { asked, ask }
}

it.each([
  { length: 0, pages: 1 },
  { length: 2, pages: 1 },
  { length: 3, pages: 2 },
  { length: 7, pages: 3 },
])('$length items in pages of 3 take $pages requests', async ({ length, pages }) => {
  const all = Array.from({ length }, (_, i) => i)
  const { asked, ask } = server(all)
  expect(await everyPage(3, ask)).toEqual(all)
  expect(asked).toEqual(Array.from({ length: pages }, (_, i) => i))
})

it('ends with a server that ignores pages', async () => {
  expect(await everyPage(3, async () => [1, 2, 3, 4])).toEqual([1, 2, 3, 4])
})
