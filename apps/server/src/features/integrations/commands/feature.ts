import { after } from '../../../core/facts.ts'
import type { Feature } from '../../../core/feature.ts'
import { sayLater } from './built-in/echo.ts'
import { echoAsked } from './events.ts'
import routes from './routes.ts'

export const commands: Feature = { name: 'commands', routes, listeners: [after(echoAsked, sayLater)] }
