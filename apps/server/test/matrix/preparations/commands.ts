import { body, type Preparations, roomOf, teamOf } from '../draft.ts'

export const commandsPreparations: Preparations = {
  'commands.list': (draft) => {
    draft.query.team_id = teamOf(draft).id
  },
  'commands.execute': body((draft) => ({ command: '/help', channel_id: roomOf(draft).id })),
  'commands.suggestions': (draft) => {
    draft.query.user_input = '/'
  },
}
