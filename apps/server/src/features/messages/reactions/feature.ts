import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { postMetadata } from '../posts/index.ts'
import { listeners } from './listeners.ts'
import { reactionsShown } from './metadata.ts'
import routes from './routes.ts'

export const reactions: Feature = {
  name: 'reactions',
  routes,
  listeners,
  extensions: [extend(postMetadata, reactionsShown)],
}
