/** All checks, in the order of their numbers; a check that sums up the others comes last when it runs. */
import type { Check } from './check.ts'
import { speed } from './speed.ts'
import { weight } from './weight.ts'

export const checks: Check[] = [...weight, ...speed]
