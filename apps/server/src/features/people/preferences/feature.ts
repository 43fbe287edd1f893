import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'

export const preferences: Feature = {
  name: 'preferences',
  routes,
  constraints: { preferences_user: 'users.not_found' },
}
