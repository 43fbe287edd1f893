/**
 * The pages of the console, in the order in which it lists them. Only the console loads this file: other
 * people pay nothing for it.
 */
import type { ConsolePage } from '../platform/feature.ts'
import { pages as people } from './entrance/console/console.ts'
import { pages as directory } from './entrance/directory/console.ts'
import { pages as namespaces } from './entrance/namespaces/console.ts'
import { pages as jobs } from './ground/jobs/console.ts'

export const consolePages: readonly ConsolePage[] = [...people, ...directory, ...namespaces, ...jobs]
