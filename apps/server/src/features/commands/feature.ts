import type { Feature } from '../../core/feature.ts'
import routes from './routes.ts'

export const commands: Feature = { name: 'commands', routes }
