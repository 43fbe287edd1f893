import type { FileSearch, InputOf, SearchTerms, search } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import type { SeenTeam } from '../../places/teams/index.ts'
import { findFiles, shownFile } from '../files/index.ts'
import { expressionOf, probesOf } from './expression.ts'
import { findFileIds } from './file-store.ts'
import { parse } from './query.ts'
import { scopeOf, valuesOf } from './scope.ts'
import { lookUp } from './vocabulary-store.ts'
import { FILES } from './waiting-store.ts'

const PAGE = 60

const endingOf = (value: string) => value.replace(/^\./, '')

const find = async (context: Context, teamId: string, body: SearchTerms): Promise<FileSearch> => {
  const query = parse(body.terms, body.time_zone_offset ?? 0)
  const empty = {
    order: [],
    file_infos: {},
    next_file_info_id: '',
    prev_file_info_id: '',
    first_inaccessible_file_time: 0 as const,
  }
  if (query.terms.length === 0 && query.filters.length === 0) return empty
  await context.server.queues.flush(FILES)
  const scope = await scopeOf(context, teamId, body, query)
  const about = { ...scope, people: [] }
  const { answers, sampled } = await lookUp(context.db, probesOf(query.terms), about)
  const { text } = expressionOf(query.terms, body.is_or_search ?? false, answers, sampled)
  const wanted = valuesOf(query.filters, 'ext', false).map(endingOf)
  const unwanted = valuesOf(query.filters, 'ext', true).map(endingOf)
  const endings = { wanted: wanted.length > 0 ? wanted : null, unwanted }
  const limit = body.per_page || PAGE
  const offset = (body.page ?? 0) * limit
  const ids = await findFileIds(
    context.server.db.searching,
    scope,
    endings,
    query.terms.length > 0 ? text : undefined,
    limit,
    offset,
  )
  const files = await findFiles(context.db, ids)
  return {
    ...empty,
    order: files.map(({ id }) => id),
    file_infos: Object.fromEntries(files.map((file) => [file.id, shownFile(file)])),
  }
}

export const searchFiles = (context: Context, { body }: InputOf<typeof search.files>) =>
  find(context, '', body)

export const searchFilesInTeam = (
  context: Context,
  { body }: InputOf<typeof search.filesInTeam>,
  { team }: SeenTeam,
) => find(context, team.id, body)
