import { partnerOf } from '@plausch/client'
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { afterMessages } from '../../../platform/later.ts'
import type { DragHandlers } from './drag.ts'
import { GroupView } from './GroupView.tsx'
import { groupsOf } from './order.ts'
import styles from './Sidebar.module.css'

type SidebarProps = { teamId: string; teamName: string }

const partnerIn = (channelId: string): string | undefined => {
  const channel = client.channels.records.one(channelId)
  return channel?.type === 'D' ? partnerOf(channel, client.myId.get()) : undefined
}

/** The arrow keys, Home and End move between the rows and the names of the categories. */
const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-stop]')]
  const at = stops.indexOf(document.activeElement as HTMLElement)
  const focused = stops[at]
  if (!focused) return
  const isOpen = focused.getAttribute('aria-expanded')
  const turn = event.key === 'ArrowLeft' ? 'true' : event.key === 'ArrowRight' ? 'false' : ''
  if (turn !== '' && isOpen === turn) focused.click()
  else if (event.key === 'ArrowDown') stops[at + 1]?.focus()
  else if (event.key === 'ArrowUp') stops[at - 1]?.focus()
  else if (event.key === 'Home') stops[0]?.focus()
  else if (event.key === 'End') stops.at(-1)?.focus()
  else return
  event.preventDefault()
}

/** Nobody drags before the messages are there. Without it, menus do the same. */
const useDrag = (teamId: string): DragHandlers | undefined => {
  const [handlers, setHandlers] = useState<DragHandlers>()
  useEffect(() => {
    let isCurrent = true
    const begin = async (): Promise<void> => {
      await afterMessages
      const { dragHandlers } = await import('./rest.ts')
      if (isCurrent) setHandlers(dragHandlers(teamId))
    }
    begin().catch(() => undefined)
    return () => {
      isCurrent = false
    }
  }, [teamId])
  return handlers
}

/** The channels of a team and all conversations, in categories. */
export const Sidebar = ({ teamId, teamName }: SidebarProps) => {
  const groups = useSource(groupsOf(teamId))
  const drag = useDrag(teamId)
  const partners = useMemo(
    () => groups.flatMap(({ channelIds }) => channelIds.flatMap((id) => partnerIn(id) ?? [])),
    [groups],
  )
  useEffect(() => {
    client.users.ensure(partners)
    return client.presence.watch(partners)
  }, [partners])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears of keys and dragging in the rows
    <div className={styles.groups} {...drag} onKeyDown={onKeyDown}>
      {groups.map((group) => (
        <GroupView key={group.category?.id ?? 'unread'} group={group} teamId={teamId} teamName={teamName} />
      ))}
    </div>
  )
}
