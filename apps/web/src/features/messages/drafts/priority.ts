/** The priority of a message, as items of the send menu. */
import type { PostPriority } from '@plausch/wire'
import { CircleAlert, Siren } from 'lucide-react'
import { say, type TextId } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { isGuest } from '../../../platform/people.ts'
import type { MenuItem } from '../../../ui/Menu.tsx'

const LEVELS = [
  { priority: '', label: 'drafts.standard', icon: undefined },
  { priority: 'important', label: 'drafts.important', icon: CircleAlert },
  { priority: 'urgent', label: 'drafts.urgent', icon: Siren },
] as const

/** Is there anything to say about it? */
export const shownPriority = (priority: PostPriority | undefined): TextId[] => [
  ...LEVELS.flatMap((each): TextId[] =>
    each.priority !== '' && each.priority === priority?.priority ? [each.label] : [],
  ),
  ...(priority?.requested_ack ? (['drafts.acknowledge'] as const) : []),
  ...(priority?.persistent_notifications ? (['drafts.persistent'] as const) : []),
]

const plain: PostPriority = { priority: '' }

/** Only new threads have a priority. */
export const mayPrioritise = (rootId: string): boolean =>
  rootId === '' && client.settings.config.get().PostPriority !== 'false'

const mayInsist = (): boolean => {
  const config = client.settings.config.get()
  const me = client.me.get()
  const isOff = config.AllowPersistentNotifications === 'false'
  return !isOff && (!me || !isGuest(me) || config.AllowPersistentNotificationsForGuests === 'true')
}

/** What is chosen; undefined if that is nothing. */
const cleaned = (priority: PostPriority): PostPriority | undefined => {
  const { priority: level, requested_ack, persistent_notifications } = priority
  const insists = level === 'urgent' && persistent_notifications
  if (level === '' && !requested_ack) return undefined
  return {
    priority: level,
    ...(requested_ack && { requested_ack }),
    ...(insists && { persistent_notifications: true }),
  }
}

export const priorityItems = (
  now: PostPriority | undefined,
  set: (priority: PostPriority | undefined) => void,
): readonly MenuItem[] => {
  const current = now ?? plain
  return [
    { kind: 'heading', label: say('drafts.priority') },
    ...LEVELS.map(({ priority, label, icon }) => ({
      label: say(label),
      ...(icon && { icon }),
      isChosen: current.priority === priority,
      run: () => set(cleaned({ ...current, priority })),
    })),
    { kind: 'line' },
    {
      label: say('drafts.acknowledge'),
      isChecked: current.requested_ack === true,
      run: () => set(cleaned({ ...current, requested_ack: current.requested_ack !== true })),
    },
    ...(current.priority === 'urgent' && mayInsist()
      ? [
          {
            label: say('drafts.persistent'),
            hint: say('drafts.persistentHint', {
              minutes: client.settings.config.get().PersistentNotificationIntervalMinutes ?? '5',
            }),
            isChecked: current.persistent_notifications === true,
            run: () =>
              set(
                cleaned({
                  ...current,
                  persistent_notifications: current.persistent_notifications !== true,
                }),
              ),
          },
        ]
      : []),
  ]
}
