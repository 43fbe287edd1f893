/** The lists of channels that people can browse. */
import { Collection, Value } from '@plausch/client'
import { type Channel, channels as operations } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'

export type Shelf = 'public' | 'mine' | 'archived'
export type Order = 'name' | 'members' | 'recent'

const PAGE = 200

/** The order that was chosen last, until the page is loaded again. */
export const chosenOrder = new Value<Order>('name')

/** Numbers of members by channel. */
export const memberCounts = new Collection<number>()

const loadCounts = async (all: readonly Channel[]): Promise<void> => {
  for (let at = 0; at < all.length; at += 1000) {
    const body = all.slice(at, at + 1000).map(({ id }) => id)
    const found = await client.call(operations.memberCounts, { body })
    for (const [id, count] of Object.entries(found)) memberCounts.set(id, count)
  }
}

const pageOf = (shelf: Shelf, teamId: string, page: number): Promise<Channel[]> =>
  shelf === 'archived'
    ? client.call(operations.listArchived, { params: { team_id: teamId }, query: { page, per_page: PAGE } })
    : client.channels.listPublic(teamId, page)

/** The channels of a shelf, as far as they have come; undefined before the first page. */
export const useShelf = (shelf: Shelf, teamId: string): readonly Channel[] | undefined => {
  const mine = useSource(client.channels.records)
  const [loaded, setLoaded] = useState<{ shelf: Shelf; all: readonly Channel[] }>()

  useEffect(() => {
    let isCurrent = true
    const load = async (): Promise<void> => {
      const all: Channel[] = []
      for (let page = 0; isCurrent && all.length === page * PAGE; page++) {
        all.push(...(await pageOf(shelf, teamId, page)))
        if (isCurrent) setLoaded({ shelf, all: [...all] })
      }
      await loadCounts(all)
    }
    const own = async (): Promise<void> =>
      loadCounts(client.channels.records.get().filter((each) => each.team_id === teamId))
    void attempt(shelf === 'mine' ? own : load).then((done) => {
      if (!done && isCurrent) setLoaded((before) => before ?? { shelf, all: [] })
    })
    return () => {
      isCurrent = false
    }
  }, [shelf, teamId])

  if (shelf === 'mine') return mine.filter((each) => each.team_id === teamId && each.delete_at === 0)
  return loaded?.shelf === shelf ? loaded.all : undefined
}

/** Those that match a term, in an order. */
export const matching = (
  all: readonly Channel[],
  term: string,
  order: Order,
  countOf: (id: string) => number,
): readonly Channel[] => {
  const wanted = term.trim().toLocaleLowerCase()
  return all
    .filter(({ display_name, name, purpose }) =>
      `${display_name} ${name} ${purpose}`.toLocaleLowerCase().includes(wanted),
    )
    .toSorted((a, b) => {
      const by =
        order === 'members'
          ? countOf(b.id) - countOf(a.id)
          : order === 'recent'
            ? b.last_post_at - a.last_post_at
            : 0
      return by || a.display_name.localeCompare(b.display_name, undefined, { numeric: true })
    })
}
