/**
 * The part of the permission matrix about commands, buttons and other requests of clients and integrations.
 */
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
  // Commands have their own guards; this one writes a text that only its sender sees, so reading is enough.
  'commands.execute': { private: inPrivate, public: membersInTeam, direct: nobody },
  'commands.autocomplete': insideOfTeam,
  'commands.suggestions': insideOfTeam,

  'system.busy': { any: admins },
  // Without a session only on a development server.
  'system.log': { any: signedIn },
  'system.redirectLocation': { any: signedIn },

  'notices.list': insideOfTeam,
  'notices.markViewed': { any: signedIn },
  'notices.acknowledgePush': { any: signedIn },
  'notices.sendTest': { any: signedIn },

  'interactions.press': reading,
  // Whoever has the trigger may use it.
  'interactions.openDialog': { any: everyone },
  'interactions.submitDialog': reading,
  'interactions.lookUpOptions': reading,

  // There is no application.
  'oauth.appInfo': { any: nobody },
  'oauth.listAuthorized': ownOrAdmin,
}
