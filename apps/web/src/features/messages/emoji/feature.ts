import type { Feature } from '../../../platform/feature.ts'
import { whenIdle } from '../../../platform/later.ts'
import { prefetchPicker } from './picker.ts'

/** The first seconds belong to the messages. */
const AFTER_MS = 6000

/** Loads the picker while nobody waits, unless the reader's connection is metered. */
const prefetch = (): (() => void) => {
  const timer = setTimeout(() => {
    const isSaving =
      'connection' in navigator && Reflect.get(navigator.connection as object, 'saveData') === true
    if (!isSaving) whenIdle(() => void prefetchPicker().catch(() => undefined))
  }, AFTER_MS)
  return () => clearTimeout(timer)
}

export const emoji: Feature = {
  name: 'emoji',
  background: [prefetch],
  rest: () => import('./rest.ts'),
}
