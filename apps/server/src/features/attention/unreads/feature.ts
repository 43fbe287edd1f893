import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { writingParts } from '../../messages/posts/writing/index.ts'
import listeners from './events.ts'
import routes from './routes.ts'
import { counting } from './writing.ts'

export const unreads: Feature = {
  name: 'unreads',
  routes,
  listeners,
  extensions: [extend(writingParts, counting)],
}
