/**
 * The part of the statement that writes posts which starts and ends repeated notifications of urgent posts.
 */
import type { Part } from '../../messages/posts/writing/index.ts'
import { hits } from '../unreads/index.ts'
import { desistedSql, insistedSql } from './insisting-store.ts'

export const insisting: Part = {
  name: 'acknowledgements',
  contribute({ server, rows, has }) {
    const desisted = rows.some(({ root_id }) => root_id !== '') ? desistedSql : ''
    const numbers = rows.flatMap(({ priority }, index) =>
      priority?.persistent_notifications ? [index + 1] : [],
    )
    if (numbers.length === 0 || !has(hits))
      return desisted === '' ? undefined : { sql: () => desisted, variant: 'replies' }
    const most = server.settings().ServiceSettings.PersistentNotificationMaxRecipients
    return {
      values: [numbers, most],
      sql: (first) => insistedSql(first) + desisted,
      variant: desisted === '' ? 'insisting' : 'insisting replies',
    }
  },
}
