/** A membership's marks, and the names of roles that were given besides; null where there is no membership. */
export type Marks = {
  guest: boolean | null
  user: boolean | null
  admin: boolean | null
  explicit: string | null
}

/** The roles of a membership, separated by spaces: those of its marks, then those given one by one; '' where there is none. */
export const roleNames = (scope: 'channel' | 'team', { guest, user, admin, explicit }: Marks): string =>
  [guest ? `${scope}_guest` : '', user ? `${scope}_user` : '', admin ? `${scope}_admin` : '', explicit ?? '']
    .filter((name) => name !== '')
    .join(' ')
