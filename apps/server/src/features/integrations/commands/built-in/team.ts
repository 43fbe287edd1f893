/** Commands for the team. */
import { invitations } from '@plausch/wire'
import { Fault } from '../../../../core/faults.ts'
import { canInvite, invite, mayInvite } from '../../../places/invitations/index.ts'
import { type Command, inWords, perform, usage } from '../command.ts'

/** Words that are no addresses are skipped, as in v4, because people write "and" between addresses. */
const addressesIn = (text: string) => text.split(/[\s,]+/).filter((word) => word.includes('@'))

const invitePeople: Command = {
  trigger: 'invite_people',
  hint: { en: '[name@domain.com ...]', de: '[name@domain.de ...]' },
  description: {
    en: 'Invite people to this team by mail',
    de: 'Personen per E-Mail in dieses Team einladen',
  },
  isOffered: (server) => canInvite(server.settings()),
  async run(context, { text, team }) {
    const emails = addressesIn(text)
    if (emails.length === 0) return usage(context, invitePeople)
    if (!team) throw new Fault('teams.not_found')
    await perform(context, invitations.create, mayInvite, invite, {
      params: { team_id: team.id },
      query: { graceful: false },
      body: emails,
    })
    const said = { en: 'Invited: {who}', de: 'Eingeladen: {who}' }
    return { say: inWords(context, said, { who: emails.join(', ') }) }
  },
}

export const teamCommands: readonly Command[] = [invitePeople]
