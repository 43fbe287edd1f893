import type { Feature } from '../../../platform/feature.ts'
import { provideSearch } from '../../../platform/searching.ts'
import { beginSearch } from './begin.ts'

export const search: Feature = {
  name: 'search',
  rest: () => import('./rest.ts'),
  background: [() => provideSearch(beginSearch)],
}
