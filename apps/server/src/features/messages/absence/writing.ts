import type { Part } from '../posts/writing/index.ts'

/** Its listener of `posts.written` wants no posts while automatic replies are off. */
export const answering: Part = {
  name: 'absence',
  hears: {
    queue: 'posts.written/absence',
    wants: ({ type }, server) =>
      server.settings().TeamSettings.ExperimentalEnableAutomaticReplies && !type.startsWith('system_'),
  },
}
