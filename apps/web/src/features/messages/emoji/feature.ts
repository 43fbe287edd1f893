import { Smile, SmilePlus } from 'lucide-react'
import { action } from '../../../platform/action.ts'
import type { Feature } from '../../../platform/feature.ts'
import { whenIdle } from '../../../platform/later.ts'
import { addEmoji, customEmoji } from './dialogs.ts'
import { prefetchPicker } from './picker.ts'
import { emojiRights } from './rights.ts'

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
  actions: [
    action({
      on: 'app',
      name: 'emoji.add',
      label: 'emoji.add',
      icon: SmilePlus,
      shownIn: ['palette'],
      when: (_, read) => read(emojiRights).mayAdd,
      run: () => addEmoji.open(),
    }),
    action({
      on: 'app',
      name: 'emoji.show',
      label: 'emoji.all',
      icon: Smile,
      group: 'settings',
      when: (_, read) => read(emojiRights).isOn,
      run: () => customEmoji.open(),
    }),
  ],
}
