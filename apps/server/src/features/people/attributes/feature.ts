import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'

export const attributes: Feature = {
  name: 'attributes',
  routes,
  constraints: { attribute_fields_name_key: 'attributes.name_taken' },
}
