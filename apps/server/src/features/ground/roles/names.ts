/** The flags of a membership, and its explicit roles; null without a membership. */
export type Marks = {
  guest: boolean | null
  user: boolean | null
  admin: boolean | null
  explicit: string | null
}

/**
 * The roles of a membership, separated by spaces: first those of its flags, then the explicit ones; ''
 * without a membership.
 */
export const roleNames = (scope: 'channel' | 'team', { guest, user, admin, explicit }: Marks): string =>
  [guest ? `${scope}_guest` : '', user ? `${scope}_user` : '', admin ? `${scope}_admin` : '', explicit ?? '']
    .filter((name) => name !== '')
    .join(' ')
