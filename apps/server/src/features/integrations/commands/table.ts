/** All built-in commands by name. */
import { channelCommands } from './built-in/channel.ts'
import { clientCommands } from './built-in/client.ts'
import { conversationCommands } from './built-in/conversations.ts'
import { presenceCommands } from './built-in/presence.ts'
import { teamCommands } from './built-in/team.ts'
import { writingCommands } from './built-in/writing.ts'
import type { Command } from './command.ts'
import { helpOn } from './help.ts'

const others: readonly Command[] = [
  ...presenceCommands,
  ...writingCommands,
  ...conversationCommands,
  ...channelCommands,
  ...teamCommands,
  ...clientCommands,
]

/** In alphabetical order, as lists show them. */
export const builtIn: readonly Command[] = [...others, helpOn(others)].sort((a, b) =>
  a.trigger < b.trigger ? -1 : 1,
)

const byTrigger = new Map(builtIn.map((command) => [command.trigger, command]))

export const findCommand = (trigger: string): Command | undefined => byTrigger.get(trigger)
