import { Value } from '@plausch/client'

/** Counts what has arrived for lists of names, so that they can be made anew. */
export const answers = new Value(0)
