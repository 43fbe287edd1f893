import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'
import { grants, keepRole, loadRoles } from './service.ts'

export const roles: Feature = {
  name: 'roles',
  routes,
  effects: [keepRole],
  resync: loadRoles,
  async start(server) {
    server.ports.grants = (names, permission) => grants(server, names, permission)
    await loadRoles(server)
  },
}
