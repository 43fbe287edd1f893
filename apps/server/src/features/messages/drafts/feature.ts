import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { postErasers } from '../posts/index.ts'
import listeners, { eraseOfThreads } from './events.ts'
import routes from './routes.ts'

export const drafts: Feature = {
  name: 'drafts',
  routes,
  listeners,
  extensions: [extend(postErasers, eraseOfThreads)],
}
