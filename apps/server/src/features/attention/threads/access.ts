/** Only the person themselves may see and change what they follow, and only while they may read it. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { mayReadPost, type SeenPost } from '../../messages/posts/index.ts'
import { isOwnTeam } from '../../places/teams/index.ts'

export type SeenThread = SeenPost & { userId: string; teamId: string }

type AboutThread = { params: { user_id: string; team_id: string; thread_id: string } }

/** The root of a thread in the team, or in a conversation, which belongs to every team. */
export const mayReadThread = async (context: Context, input: AboutThread): Promise<SeenThread> => {
  const own = await isOwnTeam(context, input)
  const { params } = input
  const seen = await mayReadPost(context, { params: { post_id: params.thread_id } })
  const isElsewhere = seen.channel.team_id !== '' && seen.channel.team_id !== own.teamId
  if (isElsewhere || seen.post.root_id !== '') throw new Fault('posts.not_found')
  return { ...seen, ...own }
}

/** Only members can follow, because others get no events about replies. */
export const mayFollow = async (context: Context, input: AboutThread): Promise<SeenThread> => {
  const seen = await mayReadThread(context, input)
  if (!seen.isMember) throw new Fault('api.context.permissions.app_error')
  return seen
}
