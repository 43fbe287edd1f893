/** The scope of a query in ids and times, for posts and for files. */
import type { SearchTerms } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { findByUsernames } from '../../people/users/index.ts'
import type { Filter, Query } from './query.ts'
import { channelsNamed, type Scope } from './store.ts'

type Named = Extract<Filter, { value: string }>

export const valuesOf = (filters: readonly Filter[], kind: Named['kind'], isExcluded: boolean): string[] =>
  filters.flatMap((filter) =>
    filter.kind === kind && filter.isExcluded === isExcluded ? [filter.value] : [],
  )

const spansOf = (filters: readonly Filter[], isExcluded: boolean) =>
  filters.flatMap((filter) => (filter.kind === 'time' && filter.isExcluded === isExcluded ? [filter] : []))

/** Translates filters by name into ids. A name that does not exist gives no id, and so no results. */
export const scopeOf = async (
  { actor, db }: Context,
  teamId: string,
  body: SearchTerms,
  { filters }: Query,
): Promise<Scope> => {
  const people = async (names: string[]) => {
    const others = names.filter((name) => name !== 'me')
    const found = others.length > 0 ? await findByUsernames(db, others) : []
    return [...found.map((user) => user.id), ...(names.includes('me') ? [actor.userId] : [])]
  }
  const places = async (names: string[]) =>
    names.length > 0 ? await channelsNamed(db, actor.userId, teamId, names) : []
  const spans = spansOf(filters, false)
  const [from, channels] = [valuesOf(filters, 'from', false), valuesOf(filters, 'in', false)]
  return {
    userId: actor.userId,
    teamId,
    withArchived: body.include_deleted_channels ?? false,
    from: from.length > 0 ? await people(from) : null,
    notFrom: await people(valuesOf(filters, 'from', true)),
    channels: channels.length > 0 ? await places(channels) : null,
    notChannels: await places(valuesOf(filters, 'in', true)),
    isFiltered: filters.some(({ kind }) => kind === 'from' || kind === 'time'),
    from_time: Math.max(0, ...spans.map((span) => span.from)),
    to_time: Math.min(Number.MAX_SAFE_INTEGER, ...spans.map((span) => span.to)),
    notSpans: `{${spansOf(filters, true).map((span) => `[${span.from},${Math.max(span.from, span.to)})`)}}`,
  }
}
