/** Counts unread messages and mentions in the statement that writes posts. */
import { type Batch, type Contribution, type Part, relation } from '../../messages/posts/writing/index.ts'
import { forgetWords, rememberedWords } from './keywords.ts'
import { wordsChangedSql } from './keywords-store.ts'
import { authorsSql, countingSql } from './store.ts'
import { type Spoken, spokenIn } from './words.ts'

/**
 * The people whom each post mentions, for the parts of higher features: n, channel_id, root_id, is_urgent,
 * user_id, and is_named, which is true if the message mentions them by name. A batch that concerns nobody has
 * no such relation.
 */
export const hits = relation('hits')

/**
 * Can the server tell in advance that a batch concerns only its authors? For most batches it can, because
 * they contain nobody's keyword. The statement checks that the cached keywords are still those of the
 * database.
 */
const concernsNobody = ({ server, rows, isCautious }: Batch, spoken: Spoken) => {
  if (isCautious || spoken.hasNames || rows.some(({ in_conversation }) => in_conversation)) return undefined
  const known = rememberedWords(server)
  return known && !known.mayStandIn(spoken) ? known : undefined
}

export const counting: Part<string[]> = {
  name: 'unreads',
  contribute(batch): Contribution {
    if (batch.isCautious) forgetWords(batch.server)
    const spoken = spokenIn(batch.rows)
    const known = concernsNobody(batch, spoken)
    if (known) {
      return {
        values: [known.version],
        sql: () => authorsSql,
        isOutdated: wordsChangedSql,
        variant: 'authors',
      }
    }
    const { values, hasNames, everybody, online } = spoken
    const most = batch.server.settings().TeamSettings.MaxNotificationsPerChannel
    return {
      values: hasNames ? [...values, everybody, online, most] : values,
      sql: (first) => countingSql(first, hasNames),
      makes: hits,
      column: '(select array_agg(distinct h.user_id::text) from hits h where h.n = j.n)',
      variant: hasNames ? 'names' : '',
    }
  },
  concerned: (mentions) => ({ mentions }),
}
