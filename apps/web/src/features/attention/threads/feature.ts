import type { Feature } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'
import { followThreads } from './following.ts'
import { ThreadLine } from './ThreadLine.tsx'
import { ThreadsEntry } from './ThreadsEntry.tsx'

export const threads: Feature = {
  name: 'threads',
  rest: () => import('./rest.ts'),
  pages: [
    {
      path: 'threads',
      title: 'threads.title',
      Screen: later(async () => (await import('./ThreadsPage.tsx')).ThreadsPage),
    },
  ],
  sidebar: [ThreadsEntry],
  messageFooters: [ThreadLine],
  background: [followThreads],
}
