import type { Feature } from '../../../platform/feature.ts'
import { BookmarksBar } from './BookmarksBar.tsx'

export const bookmarks: Feature = {
  name: 'bookmarks',
  rest: () => import('./rest.ts'),
  channelParts: [BookmarksBar],
}
