import { acknowledgements } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayAcknowledge } from './access.ts'
import { remove, save } from './service.ts'

export default routes(acknowledgements, {
  save: on(mayAcknowledge, save),
  remove: on(mayAcknowledge, remove),
})
