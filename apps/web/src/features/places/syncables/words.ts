/** Links in words. */
import type { Say } from '../../../i18n/text.ts'
import type { Place } from './links.ts'

export const joiningText = (
  say: Say,
  { name }: Place,
  { add_count: count, team_add_count: inTeam }: { add_count: number; team_add_count: number },
): string =>
  [
    say('groupLinks.willJoin', { count, name }),
    inTeam > 0 ? say('groupLinks.willJoinTeam', { count: inTeam }) : '',
  ]
    .filter(Boolean)
    .join(' ')

/** What tells places with the same name apart. */
export const placeNote = (say: Say, { kind, team = '' }: Place): string =>
  kind === 'team' ? say('groupLinks.team') : say('groupLinks.channelOf', { team })
