import type { Feature } from '../../../core/feature.ts'
import listeners from './events.ts'
import routes from './routes.ts'

export const groups: Feature = {
  name: 'groups',
  routes,
  listeners,
  constraints: { groups_name_key: 'groups.name_taken', groups_remote_key: 'groups.name_taken' },
}
