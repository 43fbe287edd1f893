/**
 * The pages of the console, in the order in which it lists them. Only the console loads this file: other
 * people pay nothing for it.
 */
import type { ConsolePage } from '../platform/feature.ts'
import { pages as people } from './entrance/console/console.ts'
import { pages as directory } from './entrance/directory/console.ts'
import { pages as namespaces } from './entrance/namespaces/console.ts'
import { pages as oidc } from './entrance/oidc/console.ts'
import { pages as saml } from './entrance/saml/console.ts'
import { pages as jobs } from './ground/jobs/console.ts'
import { pages as terms } from './people/terms/console.ts'
import { pages as requests } from './places/requests/console.ts'

export const consolePages: readonly ConsolePage[] = [
  ...people,
  ...directory,
  ...namespaces,
  ...oidc,
  ...saml,
  ...terms,
  ...requests,
  ...jobs,
]
