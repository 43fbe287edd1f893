/**
 * Everybody who is signed in may search. The query decides what they find, by the channels where they are
 * members.
 */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { mayEnterTeam, type SeenTeam } from '../../places/teams/index.ts'

export const maySearchPosts = ({ server }: Context): void => {
  if (!server.settings().ServiceSettings.EnablePostSearch) throw new Fault('search.off')
}

export const maySearchPostsInTeam = (
  context: Context,
  input: { params: { team_id: string } },
): Promise<SeenTeam> => {
  maySearchPosts(context)
  return mayEnterTeam(context, input)
}

export const maySearchFiles = ({ server }: Context): void => {
  if (!server.settings().ServiceSettings.EnableFileSearch) throw new Fault('search.files_off')
}

export const maySearchFilesInTeam = (
  context: Context,
  input: { params: { team_id: string } },
): Promise<SeenTeam> => {
  maySearchFiles(context)
  return mayEnterTeam(context, input)
}
