/** The number on the icon of the app: what concerns the reader personally. */
import { select } from '@plausch/client'
import { desktopApp } from '../../../browser/desktop-app.ts'
import { client } from '../../../platform/client.ts'

type Waiting = { mentions: number; hasMessages: boolean }

const same = (a: Waiting, b: Waiting): boolean => a.mentions === b.mentions && a.hasMessages === b.hasMessages

/** Nothing while nobody may disturb the reader: a number on an icon disturbs, too. */
const waiting = select((read): Waiting => {
  const status = read(client.presence.records.at(read(client.myId)))?.status
  let mentions = 0
  let hasMessages = false
  if (status === 'dnd' || status === 'ooo') return { mentions, hasMessages }
  for (const id of read(client.channels.records.ids)) {
    const unread = read(client.unreads.ofChannel(id))
    mentions += unread.mentions
    hasMessages ||= unread.messages > 0
  }
  return { mentions, hasMessages }
}, same)

const showBadge = ({ mentions, hasMessages }: Waiting): void => {
  desktopApp?.setUnreadsAndMentions?.(hasMessages || mentions > 0, mentions)
  if (!('setAppBadge' in navigator)) return
  // Only an installed app has an icon to put it on; otherwise the browser refuses.
  const done = mentions > 0 ? navigator.setAppBadge(mentions) : navigator.clearAppBadge()
  done.catch(() => undefined)
}

/** Keeps the number right until the result is called. */
export const keepBadge = (): (() => void) => {
  const update = (): void => showBadge(waiting.get())
  update()
  desktopApp?.onLogin?.()
  const end = waiting.subscribe(update)
  return () => {
    end()
    showBadge({ mentions: 0, hasMessages: false })
    desktopApp?.onLogout?.()
  }
}
