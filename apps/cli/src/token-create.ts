/** Creates a personal access token for a person or a script that acts as one. */
import { createToken } from '@plausch/server/features/people/tokens/index.ts'
import { findByLogin } from '@plausch/server/features/people/users/index.ts'
import { type Command, CommandError, required, UsageError } from './command.ts'
import { inDatabase } from './database.ts'

const LONGEST = 255

export const tokenCreate: Command = {
  name: 'token create',
  summary: 'create a personal access token',
  usage: '--user NAME --description TEXT',
  details: `  --user NAME          username or e-mail address of the account
  --description TEXT   what the token is for, up to ${LONGEST} characters

Prints the token, once: only a hash of it is kept. The server accepts tokens of people
only while ServiceSettings.EnableUserAccessTokens is on.`,
  options: { user: { type: 'string' }, description: { type: 'string' } },
  async run(values) {
    const [login, description] = [required(values, 'user'), required(values, 'description')]
    if (description.length > LONGEST)
      throw new UsageError(`--description is longer than ${LONGEST} characters`)
    const { token, isAccepted } = await inDatabase(async (context) => {
      const user = await findByLogin(context.db, login.toLowerCase(), true, true)
      if (!user) throw new CommandError(`There is no account ${login}.`)
      if (user.delete_at > 0) throw new CommandError(`The account ${login} is deactivated.`)
      const made = await createToken(context, user.id, description)
      const isAccepted = user.is_bot || context.server.settings().ServiceSettings.EnableUserAccessTokens
      return { token: made.token ?? '', isAccepted }
    })
    process.stdout.write(`${token}\n`)
    if (!isAccepted) {
      process.stderr.write('The server will accept it once ServiceSettings.EnableUserAccessTokens is on.\n')
    }
    return 0
  },
}
