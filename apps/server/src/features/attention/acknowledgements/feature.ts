import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { postErasers, postMetadata } from '../../messages/posts/index.ts'
import { writingParts } from '../../messages/posts/writing/index.ts'
import listeners from './events.ts'
import { callAgain } from './insisting.ts'
import { eraseInsisting } from './insisting-store.ts'
import { acknowledgementsShown } from './metadata.ts'
import routes from './routes.ts'
import { eraseAcknowledgements } from './store.ts'
import { insisting } from './writing.ts'

export const acknowledgements: Feature = {
  name: 'acknowledgements',
  routes,
  listeners,
  extensions: [
    extend(writingParts, insisting),
    extend(postMetadata, acknowledgementsShown),
    extend(postErasers, async ({ db }, postIds) => {
      await eraseAcknowledgements(db, postIds)
      await eraseInsisting(db, postIds)
    }),
  ],
  schedules: [{ name: 'acknowledgements.call', cron: '* * * * *', run: callAgain }],
}
