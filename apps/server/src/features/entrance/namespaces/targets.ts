/** The teams and channels that entries become. */
import type { NamespaceProblem } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { type ChannelRow, createChannel, findChannels, patchChannel } from '../../places/channels/index.ts'
import { createTeam, findTeam, patchTeam, type TeamRow } from '../../places/teams/index.ts'
import type { Candidate } from './rule.ts'
import type { NamespaceRow } from './store.ts'

export type Target =
  | { kind: 'Team'; id: string; team: TeamRow }
  | { kind: 'Channel'; id: string; team: TeamRow; channel: ChannelRow }

/** Stops an entry with a reason that administrators are told. */
export class Stop extends Error {
  readonly problem: NamespaceProblem
  constructor(problem: NamespaceProblem) {
    super(problem)
    this.problem = problem
  }
}

const MOST_NAME = 64

/** What the place of an entry is called: names of places are shorter than those of the directory. */
export const placeName = (name: string): string => [...name].slice(0, MOST_NAME).join('')

type Rule = Pick<NamespaceRow, 'makes' | 'team_id' | 'is_open'>

/** The team or channel with this id, unless it is archived. */
export const findTarget = async (
  { db }: Context,
  rule: Rule,
  placeId: string,
): Promise<Target | undefined> => {
  if (placeId === '' || rule.makes === 'nothing') return undefined
  const [channel] = rule.makes === 'channel' ? await findChannels(db, [placeId]) : []
  const team = await findTeam(db, rule.makes === 'channel' ? (channel?.team_id ?? '') : placeId)
  if (!team || team.delete_at > 0) return undefined
  if (rule.makes === 'team') return { kind: 'Team', id: team.id, team }
  return channel && channel.delete_at === 0 ? { kind: 'Channel', id: channel.id, team, channel } : undefined
}

/** The team or channel of an entry: the one that it takes over, or a new one. */
export const targetFor = async (
  context: Context,
  rule: Rule,
  candidate: Candidate,
  takenOver: string,
): Promise<Target> => {
  if (takenOver !== '') {
    const target = await findTarget(context, rule, takenOver)
    if (!target) throw new Stop('taken')
    return target
  }
  const wanted = { name: candidate.address, display_name: placeName(candidate.name) }
  if (rule.makes === 'team') {
    const team = await createTeam(context, { ...wanted, type: rule.is_open ? 'O' : 'I' }, '')
    return { kind: 'Team', id: team.id, team }
  }
  const team = await findTeam(context.db, rule.team_id)
  if (!team || team.delete_at > 0) throw new Stop('no_team')
  const channel = await createChannel(context, team, { ...wanted, type: rule.is_open ? 'O' : 'P' }, [])
  return { kind: 'Channel', id: channel.id, team, channel }
}

export const nameOf = (target: Target): string =>
  (target.kind === 'Team' ? target.team : target.channel).display_name

type Change = { display_name?: string; group_constrained?: boolean }

export const changeTarget = async (context: Context, target: Target, body: Change): Promise<void> => {
  if (target.kind === 'Team') await patchTeam(context, { body }, { team: target.team, member: undefined })
  else await patchChannel(context, { body }, { channel: target.channel })
}
