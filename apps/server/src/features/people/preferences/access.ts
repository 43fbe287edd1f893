import type { Preference } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { mayActFor } from '../users/index.ts'

/**
 * The actor's own, or those of a person whom the actor may edit. Each preference must name the person in the
 * path.
 */
export const mayWritePreferences = async (
  context: Context,
  input: { params: { user_id: string }; body: readonly Preference[] },
): Promise<string> => {
  const userId = await mayActFor(context, input)
  if (input.body.some((each) => each.user_id !== userId)) throw new Fault('preferences.foreign')
  return userId
}
