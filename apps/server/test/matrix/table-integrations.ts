/** The part of the permission matrix that is about commands, buttons and what else clients and integrations ask for. */
import {
  admins,
  type Cases,
  everyone,
  inPrivate,
  insideOfTeam,
  membersInTeam,
  nobody,
  ownOrAdmin,
  reading,
  signedIn,
} from './who.ts'

export const integrationTable: Record<string, Cases> = {
  'commands.list': insideOfTeam,
  // What a command does has guards of its own; this one says something, which takes only reading.
  'commands.execute': { private: inPrivate, public: membersInTeam, direct: nobody },
  'commands.autocomplete': insideOfTeam,
  'commands.suggestions': insideOfTeam,

  'system.busy': { any: admins },
  // Without a session only on a server of developers.
  'system.log': { any: signedIn },
  'system.redirectLocation': { any: signedIn },

  'notices.list': insideOfTeam,
  'notices.markViewed': { any: signedIn },
  'notices.acknowledgePush': { any: signedIn },
  'notices.sendTest': { any: signedIn },

  'interactions.press': reading,
  // The trigger is the right, whoever holds it.
  'interactions.openDialog': { any: everyone },
  'interactions.submitDialog': reading,
  'interactions.lookUpOptions': reading,

  // There is no application that anybody could be told of.
  'oauth.appInfo': { any: nobody },
  'oauth.listAuthorized': ownOrAdmin,
}
