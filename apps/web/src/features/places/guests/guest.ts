/** Is this account a guest? A guest is a guest everywhere. */
export const isGuest = ({ roles }: { roles: string }): boolean => roles.split(' ').includes('system_guest')
