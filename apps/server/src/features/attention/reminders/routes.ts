import { reminders } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayBeReminded } from './access.ts'
import { save } from './service.ts'

export default routes(reminders, { save: on(mayBeReminded, save) })
