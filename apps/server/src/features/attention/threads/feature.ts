import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { postErasers } from '../../messages/posts/index.ts'
import { writingParts } from '../../messages/posts/writing/index.ts'
import { countWithout, listeners } from './listeners.ts'
import routes from './routes.ts'
import { tellFollowers } from './updates.ts'
import { following } from './writing.ts'

export const threads: Feature = {
  name: 'threads',
  routes,
  listeners,
  effects: [tellFollowers],
  extensions: [extend(writingParts, following), extend(postErasers, countWithout)],
}
