/** What people can do about custom emoji. */
import { Smile, SmilePlus } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { addEmoji, customEmoji } from './dialogs.ts'
import { emojiRights } from './rights.ts'

export const actions: readonly Action[] = [
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
]
