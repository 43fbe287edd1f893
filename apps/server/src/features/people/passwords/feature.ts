import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { ways } from '../sessions/index.ts'
import routes from './routes.ts'
import { passwordWay } from './way.ts'

export const passwords: Feature = {
  name: 'passwords',
  routes,
  extensions: [extend(ways, passwordWay)],
}
