/** Slash commands: some are actions of this client, the others run on the server. */
import { ApiFault } from '@plausch/client'
import { commands } from '@plausch/wire'
import { goTo } from '../../../browser/path.ts'
import { client } from '../../../platform/client.ts'
import { localCommands, teamIn, type Where } from '../writing/offers.ts'

/** The word after the slash; undefined if the message is no command. */
export const commandIn = (message: string): string | undefined => /^\/([^\s/]+)/.exec(message)?.[1]

/** There is no such command: the text may be meant as a message. */
export class UnknownCommand extends Error {}

const UNKNOWN = 'api.command.execute_command.not_found.app_error'

/** Runs a command. Throws what the server says, or `UnknownCommand`. */
export const runCommand = async (message: string, where: Where): Promise<void> => {
  const local = localCommands(where.channelId).get(commandIn(message) ?? '')
  // With words behind it, the server's command of the same name is meant.
  if (local && message.trim() === `/${local.trigger}`) {
    await local.run()
    return
  }
  try {
    const { channelId, rootId } = where
    const body = { command: message, channel_id: channelId, team_id: teamIn(channelId), root_id: rootId }
    const { goto_location } = await client.call(commands.execute, { body })
    if (goto_location.startsWith('/')) goTo(goto_location)
  } catch (fault) {
    throw fault instanceof ApiFault && fault.id === UNKNOWN ? new UnknownCommand() : fault
  }
}
