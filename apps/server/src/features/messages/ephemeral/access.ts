import type { NewPost } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { type SeenChannel, seeChannel } from '../../places/channels/index.ts'
import { judgePosting } from '../posts/writing/index.ts'

/** Only integrations of administrators may speak as the system. */
export const mayPostEphemeral = async (
  context: Context,
  { body }: { body: { post: NewPost } },
): Promise<SeenChannel> => {
  const seen = judgePosting(await seeChannel(context, body.post.channel_id))
  if (!seen.can('create_post_ephemeral')) throw new Fault('api.context.permissions.app_error')
  return seen
}
