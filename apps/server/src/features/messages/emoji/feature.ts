import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'

export const emoji: Feature = {
  name: 'emoji',
  routes,
  constraints: { emoji_name_key: 'emoji.name_taken' },
}
