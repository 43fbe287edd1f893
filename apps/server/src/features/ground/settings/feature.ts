import type { Feature } from '../../../core/feature.ts'
import routes from './routes.ts'
import { reloadSettings, useSettings } from './service.ts'

/**
 * The application opens the settings itself (`openSettings`) before the features start, because they read
 * settings then.
 */
export const settings: Feature = { name: 'settings', routes, effects: [useSettings], resync: reloadSettings }
