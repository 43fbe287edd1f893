import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'

export const bookmarks: Feature = { name: 'bookmarks', routes }
