/** Creates an account, possibly the first one, possibly an administrator's. */
import { createPerson } from '@plausch/server/features/entrance/onboarding/index.ts'
import { type Command, required } from './command.ts'
import { inDatabase } from './database.ts'
import { choosePassword } from './password.ts'

export const userCreate: Command = {
  name: 'user create',
  summary: 'create an account',
  usage: '--email ADDRESS --username NAME [--admin] [--password-stdin]',
  details: `  --email ADDRESS    e-mail address of the person
  --username NAME    name to sign in with: a-z, 0-9, dot, dash, underscore
  --admin            the person administers the server
  --password-stdin   read the password from the first line of standard input

Without --password-stdin the password is asked for on a terminal; elsewhere, or if
nothing is typed, one is generated and printed. The account joins the team that
everybody belongs to, if there is one.`,
  options: {
    email: { type: 'string' },
    username: { type: 'string' },
    admin: { type: 'boolean' },
    'password-stdin': { type: 'boolean' },
  },
  async run(values) {
    const account = { email: required(values, 'email'), username: required(values, 'username') }
    const { password, isGenerated } = await choosePassword(values['password-stdin'] === true)
    const roles = values.admin === true ? 'system_admin system_user' : 'system_user'
    const user = await inDatabase((context) => createPerson(context, { ...account, password }, roles))
    const what = values.admin === true ? 'administrator' : 'account'
    process.stdout.write(`The ${what} ${user.username} was created.\n`)
    if (isGenerated) process.stdout.write(`Password: ${password}\n`)
    return 0
  },
}
