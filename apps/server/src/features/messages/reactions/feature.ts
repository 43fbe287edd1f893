import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { postErasers, postMetadata } from '../posts/index.ts'
import { listeners } from './listeners.ts'
import { reactionsShown } from './metadata.ts'
import routes from './routes.ts'
import { eraseReactions } from './store.ts'

export const reactions: Feature = {
  name: 'reactions',
  routes,
  listeners,
  extensions: [
    extend(postMetadata, reactionsShown),
    extend(postErasers, ({ db }, postIds) => eraseReactions(db, postIds)),
  ],
}
