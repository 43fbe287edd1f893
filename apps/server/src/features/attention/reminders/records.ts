import type { Context } from '../../../core/context.ts'
import type { PostRow } from '../../messages/posts/index.ts'
import { findUsers } from '../../people/users/index.ts'
import { findTeam } from '../../places/teams/index.ts'

/** The properties from which clients show a reminder, and the address of the post. */
export const reminderOf = async (
  { db, server }: Pick<Context, 'db' | 'server'>,
  post: PostRow,
  teamId: string,
) => {
  const [author] = await findUsers(db, [post.user_id])
  const team = teamId === '' ? undefined : await findTeam(db, teamId)
  const site = server.settings().ServiceSettings.SiteURL.replace(/\/$/, '')
  const username = author?.username ?? ''
  return {
    author: username,
    link: `${site}/${team?.name ?? '_redirect'}/pl/${post.id}`,
    props: { team_name: team?.name ?? '', post_id: post.id, username },
  }
}
