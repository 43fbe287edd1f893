/** The part of the permission matrix that is about commands, buttons and what else clients and integrations ask for. */
import { admins, type Cases, inChannel, insideOfTeam, inTeam, nobody, ownOrAdmin, signedIn } from './who.ts'

export const integrationTable: Record<string, Cases> = {
  'commands.list': insideOfTeam,
  // What a command does has guards of its own; this one says something, which takes only reading.
  'commands.execute': { private: inChannel, public: inTeam, direct: nobody },
  'commands.autocomplete': insideOfTeam,
  'commands.suggestions': insideOfTeam,

  'system.busy': { any: admins },
  // Without a session only on a server of developers.
  'system.log': { any: signedIn },
  'system.redirectLocation': { any: signedIn },

  'notices.list': insideOfTeam,
  'notices.markViewed': { any: signedIn },
  // Pushes are off unless they are switched on.
  'notices.acknowledgePush': { any: nobody },
  'notices.sendTest': { any: signedIn },

  // There is no application that anybody could be told of.
  'oauth.appInfo': { any: nobody },
  'oauth.listAuthorized': ownOrAdmin,
}
