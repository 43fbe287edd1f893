/** Channels, commands and emoji that can be offered; what the server has to be asked for is kept. */
import { everyPage } from '@plausch/client'
import {
  type Channel,
  type Command,
  type CommandSuggestion,
  channels as channelOperations,
  commands as commandOperations,
} from '@plausch/wire'
import { language } from '../../../i18n/language.ts'
import { client } from '../../../platform/client.ts'
import { customOf, emojiTable, type PickedEmoji } from '../emoji/table.ts'
import { answers } from './answers.ts'

const tell = (): void => answers.set(answers.get() + 1)

const publicChannels = new Map<string, Map<string, Channel>>()
const asked = new Set<string>()

/** Does something once for a key; after a failure it may be tried again. */
const once = async (key: string, work: () => Promise<void>): Promise<void> => {
  if (asked.has(key)) return
  asked.add(key)
  try {
    await work()
    tell()
  } catch {
    asked.delete(key)
  }
}

/** The channels of a team that are known here: the reader's own, and what was found. */
export const channelsOf = (teamId: string): Channel[] => {
  const own = client.channels.idsOf(teamId).get()
  const all = new Map(publicChannels.get(teamId) ?? [])
  for (const id of own) {
    const channel = client.channels.records.one(id)
    if (channel) all.set(id, channel)
  }
  return [...all.values()].filter(({ type, delete_at }) => (type === 'O' || type === 'P') && delete_at === 0)
}

export const askForChannels = (teamId: string, name: string): Promise<void> =>
  once(`channels/${teamId}/${name}`, async () => {
    const found = await client.call(channelOperations.autocomplete, {
      params: { team_id: teamId },
      query: { name },
    })
    const known = publicChannels.get(teamId) ?? new Map<string, Channel>()
    for (const channel of found) known.set(channel.id, channel)
    publicChannels.set(teamId, known)
  })

const commandsByTeam = new Map<string, readonly Command[]>()

export const commandsOf = (teamId: string): readonly Command[] => commandsByTeam.get(teamId) ?? []

export const askForCommands = (teamId: string): Promise<void> =>
  once(`commands/${teamId}`, async () => {
    const all = await everyPage(200, (query) =>
      client.call(commandOperations.autocomplete, { params: { team_id: teamId }, query }),
    )
    commandsByTeam.set(teamId, all)
  })

const argumentsOf = new Map<string, readonly CommandSuggestion[]>()

/** What can follow a command, for exactly this text. */
export const suggestionsFor = (teamId: string, text: string): readonly CommandSuggestion[] =>
  argumentsOf.get(`${teamId}/${text}`) ?? []

export const askForSuggestions = (
  teamId: string,
  text: string,
  where: { channel_id: string; root_id: string },
): Promise<void> =>
  once(`suggestions/${teamId}/${text}`, async () => {
    const found = await client.call(commandOperations.suggestions, {
      params: { team_id: teamId },
      query: { user_input: text, ...where },
    })
    if (argumentsOf.size > 200) argumentsOf.clear()
    argumentsOf.set(`${teamId}/${text}`, found)
  })

let emoji: readonly PickedEmoji[] = []

/** The standard emoji, once they are loaded, and the custom ones. */
export const emojiNames = (): readonly PickedEmoji[] => [
  ...emoji,
  ...client.emoji.records.get().map(customOf),
]

export const askForEmoji = async (): Promise<void> => {
  const of = language.get()
  await Promise.all([
    once(`emoji/${of}`, async () => {
      emoji = await emojiTable(of)
    }),
    once('custom emoji', () => client.emoji.open()),
  ])
}

// What the last person could see is nothing for the next one.
client.myId.subscribe(() => {
  asked.clear()
  for (const known of [publicChannels, commandsByTeam, argumentsOf]) known.clear()
})

export const askForGroups = (): Promise<void> => once('groups', () => client.groups.open())
