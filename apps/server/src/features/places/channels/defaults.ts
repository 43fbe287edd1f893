/**
 * The two channels that every team has from the start (M6), and those that administrators add as default
 * channels.
 */
import type { Context } from '../../../core/context.ts'
import type { Server } from '../../../core/server.ts'
import type { TeamRow } from '../teams/index.ts'
import { type ChannelRow, findChannelsByNames, insertChannel, newChannel } from './store.ts'

export const TOWN_SQUARE = 'town-square'

const texts = {
  en: {
    [TOWN_SQUARE]: {
      display_name: 'Town Square',
      purpose: 'Official matters. Everybody in the team is here.',
    },
    'off-topic': { display_name: 'Off-Topic', purpose: 'Everything else.' },
  },
  de: {
    [TOWN_SQUARE]: { display_name: 'Marktplatz', purpose: 'Offizielles. Hier sind alle aus dem Team.' },
    'off-topic': { display_name: 'Off-Topic', purpose: 'Alles andere.' },
  },
}

export const createDefaultChannels = async (context: Context, team: TeamRow, by: string): Promise<void> => {
  const { db, now, server } = context
  const locale = server.settings().LocalizationSettings.DefaultServerLocale === 'de' ? 'de' : 'en'
  for (const [name, text] of Object.entries(texts[locale])) {
    await insertChannel(db, newChannel(now, { ...text, team_id: team.id, type: 'O', name, creator_id: by }))
  }
}

/** The names of the channels that everybody in a team joins. */
export const defaultNames = (server: Server): string[] => {
  const more = server.settings().TeamSettings.ExperimentalDefaultChannels
  return [...new Set([TOWN_SQUARE, ...(more.length > 0 ? more : ['off-topic'])])]
}

/** The channels of a team that everybody in it joins, except those whose members groups decide. */
export const defaultChannels = async (context: Context, teamId: string): Promise<ChannelRow[]> =>
  (await findChannelsByNames(context.db, teamId, defaultNames(context.server))).filter(
    ({ delete_at, type, group_constrained }) => delete_at === 0 && type === 'O' && !group_constrained,
  )
