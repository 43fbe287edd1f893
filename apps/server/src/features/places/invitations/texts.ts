/**
 * The texts of invitations, in both languages. `{inviter}` is the person, `{team}` the team, `{site}` the
 * name of the server.
 */
import type { Locale } from '../../../core/faults.ts'

type Text = { subject: string; paragraphs: readonly string[]; from: string; label: string }

export const texts: Record<'member' | 'guest', Record<Locale, Text>> = {
  member: {
    en: {
      subject: '{inviter} invites you to {team} on {site}',
      paragraphs: ['Hello,', '{inviter} invites you to the team {team} on {site}.'],
      from: '{inviter} writes:',
      label: 'Join {team}; the link works once, for 48 hours',
    },
    de: {
      subject: '{inviter} lädt Sie zu {team} auf {site} ein',
      paragraphs: ['Guten Tag,', '{inviter} lädt Sie in das Team {team} auf {site} ein.'],
      from: '{inviter} schreibt:',
      label: '{team} beitreten; der Link gilt einmal, 48 Stunden lang',
    },
  },
  guest: {
    en: {
      subject: '{inviter} invites you to {team} on {site} as a guest',
      paragraphs: ['Hello,', '{inviter} invites you as a guest to channels of the team {team} on {site}.'],
      from: '{inviter} writes:',
      label: 'Join {team} as a guest; the link works once, for 48 hours',
    },
    de: {
      subject: '{inviter} lädt Sie als Gast zu {team} auf {site} ein',
      paragraphs: ['Guten Tag,', '{inviter} lädt Sie als Gast in Kanäle des Teams {team} auf {site} ein.'],
      from: '{inviter} schreibt:',
      label: '{team} als Gast beitreten; der Link gilt einmal, 48 Stunden lang',
    },
  },
}
