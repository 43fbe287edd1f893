import { interactions } from '@plausch/wire'
import { anyoneWho, on, routes } from '../../../core/route.ts'
import { mayFillIn, mayOpenDialog, mayPress } from './access.ts'
import { lookUpOptions, openDialog, submitDialog } from './dialogs.ts'
import { press } from './service.ts'

export default routes(interactions, {
  // Integrations may be slow, so no connection to the database is held while waiting.
  press: on(mayPress, press).stepwise,
  openDialog: on(anyoneWho(mayOpenDialog), openDialog).reading,
  submitDialog: on(mayFillIn, submitDialog).stepwise,
  lookUpOptions: on(mayFillIn, lookUpOptions).stepwise,
})
