import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'

export const ephemeral: Feature = { name: 'ephemeral', routes }
