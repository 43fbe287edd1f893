/** All checks, in the order in which they run. */
import { acting } from './acting.ts'
import type { Check } from './check.ts'
import { everybody } from './everybody.ts'
import { keeping } from './keeping.ts'
import { length } from './length.ts'
import { losses } from './losses.ts'
import { position } from './position.ts'
import { speed } from './speed.ts'
import { staying } from './staying.ts'
import { weight } from './weight.ts'

/** The check of other origins is about all pages before it, so it comes last. */
export const checks: Check[] = [
  ...weight,
  ...speed,
  ...acting,
  ...length,
  ...position,
  ...losses,
  ...keeping,
  ...staying,
  ...everybody,
].sort((a, b) => (a.number === 3 ? 1 : b.number === 3 ? -1 : a.number - b.number))
