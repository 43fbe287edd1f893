/** The groups in which the console lists its pages, in this order. */
export const consoleGroups = ['people', 'signIn', 'organisation', 'running'] as const
