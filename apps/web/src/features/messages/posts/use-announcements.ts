import type { Source, Timeline } from '@plausch/client'
import { useEffect } from 'react'
import { laterWork } from '../../../platform/later.ts'

/**
 * While a channel or thread is open, screen readers hear its new messages; those of the first page are not
 * new.
 */
export const useAnnouncements = (source: Source<Timeline | undefined>): void =>
  useEffect(() => {
    const follow = laterWork(async () => {
      const { announceNew } = await import('./announcing.ts')
      return () => announceNew(source)
    })
    return follow()
  }, [source])
