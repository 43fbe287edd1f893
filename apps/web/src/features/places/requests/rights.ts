/** Who can ask for a team in this client. */
import { type Source, select } from '@plausch/client'
import type { User } from '@plausch/wire'
import { client } from '../../../platform/client.ts'
import { isGuest } from '../../../platform/people.ts'

/** Has requests at all: everybody but guests, where the server takes requests. */
export const hasRequests: Source<boolean> = select(
  (read) =>
    read(client.settings.config).EnableTeamRequests === 'true' &&
    !isGuest(read(client.me) ?? { roles: 'system_guest' }),
)

/** Asks for teams, because this person may not create them. */
export const mayAsk: Source<boolean> = select(
  (read) => read(hasRequests) && !read(client.roles.permissions('')).has('create_team'),
)

/** Administers the server. */
export const isAdmin: Source<boolean> = select((read) =>
  (read(client.me)?.roles ?? '').split(' ').includes('system_admin'),
)

/** People who can own a team: no guests, no bots. */
export const findOwners = async (term: string): Promise<readonly User[]> =>
  (await client.users.search(term)).filter((user) => !user.is_bot && !isGuest(user))
