/** The pictures of teams. If a team has none, clients draw its initials. */
import type { InputOf, teams } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import {
  receivePicture,
  removePicture,
  SQUARE,
  setPicture,
  showPicture,
} from '../../ground/pictures/index.ts'
import { mayManageTeam, type SeenTeam } from './access.ts'
import { announceTeam } from './events.ts'
import { forgetTeam } from './memory.ts'
import { type TeamRow, updateTeam } from './store.ts'

const ownerOf = (team: TeamRow) => `team:${team.id}`

const note = async (context: Context, before: TeamRow, last_team_icon_update: number): Promise<void> => {
  const team = { ...before, last_team_icon_update, update_at: Math.max(context.now, before.update_at + 1) }
  await updateTeam(context.db, team)
  forgetTeam(context, team.id)
  announceTeam(context, team)
}

export const icon = async (context: Context, _input: unknown, { team }: SeenTeam) => {
  const shown = await showPicture(context, ownerOf(team))
  if (!shown) throw new Fault('pictures.absent')
  return shown
}

/** Receiving the picture takes time, so the permission to set it is checked again afterwards. */
export const setIcon = async (context: Context, input: InputOf<typeof teams.setIcon>, seen: SeenTeam) => {
  const bytes = await receivePicture(context, input.body, SQUARE)
  await setPicture(context, ownerOf(seen.team), bytes, async (inside) => {
    const { team } = await mayManageTeam(inside, input)
    await note(inside, team, Math.max(inside.now, team.last_team_icon_update + 1))
  })
  return { status: 'OK' as const }
}

export const removeIcon = async (context: Context, _input: unknown, { team }: SeenTeam) => {
  if (await removePicture(context, ownerOf(team))) await note(context, team, 0)
  return { status: 'OK' as const }
}
