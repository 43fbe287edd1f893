import type { Acknowledgement } from '@plausch/wire'
import type { MetadataPart } from '../../messages/posts/index.ts'
import { acknowledgementsOfPostSql } from './store.ts'

export const acknowledgementsShown: MetadataPart<Acknowledgement[]> = {
  name: 'acknowledgements',
  sql: acknowledgementsOfPostSql,
  shown: (acknowledgements) => ({ acknowledgements }),
}
