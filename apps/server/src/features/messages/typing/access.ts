import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { isOneself } from '../../people/users/index.ts'
import { type SeenPlace, seePlace } from '../../places/channels/index.ts'
import { judgePosting } from '../posts/writing/index.ts'

/** People may send it only for themselves, and only where they may post. */
export const mayTypeAs = async (
  context: Context,
  input: { params: { user_id: string }; body: { channel_id: string } },
): Promise<SeenPlace> => {
  isOneself(context, input)
  const seen = judgePosting(await seePlace(context, input.body.channel_id))
  if (!seen.isMember) throw new Fault('api.context.permissions.app_error')
  return seen
}
