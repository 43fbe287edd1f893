import { within } from '../../../core/facts.ts'
import { settingsChanged } from '../settings/index.ts'
import { record } from './service.ts'

export default [
  // Only the names, because a value may be a secret.
  within(settingsChanged, (context, { names }) => record(context, '/config/patch', names.join(' '))),
]
