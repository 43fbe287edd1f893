import type { Feature } from '../../../core/feature.ts'
import { enforceFactor, lacksFactor } from './duty.ts'
import listeners from './events.ts'
import { proveFactor } from './proof.ts'
import routes from './routes.ts'

export const mfa: Feature = {
  name: 'mfa',
  routes,
  listeners,
  effects: [enforceFactor],
  start(server) {
    server.ports.proveFactor = proveFactor
    server.ports.lacksSecondFactor = (actor) => lacksFactor(server, actor)
  },
}
