/** Sources of the client in components. */
import type { Source } from '@plausch/client'
import { useSyncExternalStore } from 'react'

/** The value of a source, now and after every change. */
export const useSource = <T>(source: Source<T>): T => useSyncExternalStore(source.subscribe, source.get)
