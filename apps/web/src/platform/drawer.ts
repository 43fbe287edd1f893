/** On narrow screens the left side is a drawer. */
import { Value } from '@plausch/client'

export const isDrawerOpen = new Value(false)
