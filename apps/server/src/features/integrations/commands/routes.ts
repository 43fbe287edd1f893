import { commands } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayEnterTeam } from '../../places/teams/index.ts'
import { mayExecute, mayListCommands } from './access.ts'
import { autocomplete, execute, list, suggestions } from './service.ts'

export default routes(commands, {
  list: on(mayListCommands, list),
  // Each command runs its operations in their own transactions.
  execute: on(mayExecute, execute).stepwise,
  autocomplete: on(mayEnterTeam, autocomplete),
  suggestions: on(mayEnterTeam, suggestions),
})
