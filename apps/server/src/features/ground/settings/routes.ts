import { settings } from '@plausch/wire'
import { anyone, on, routes } from '../../../core/route.ts'
import { mayManageConfig, mayReadConfig } from './access.ts'
import {
  getConfig,
  getEnvironment,
  patchConfig,
  readClientConfig,
  reloadConfig,
  replaceConfig,
} from './service.ts'

export default routes(settings, {
  client: on(anyone, readClientConfig),
  get: on(mayReadConfig, getConfig),
  patch: on(mayManageConfig, patchConfig),
  replace: on(mayManageConfig, replaceConfig),
  reload: on(mayManageConfig, reloadConfig),
  environment: on(mayReadConfig, getEnvironment),
})
