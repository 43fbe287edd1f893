import type { Team } from '@plausch/wire'
import { type RefObject, Suspense, useEffect, useRef } from 'react'
import { path } from '../browser/path.ts'
import { useSource } from '../browser/use-source.ts'
import { useTitle } from '../features/attention/unreads/use-title.ts'
import { client } from '../platform/client.ts'
import { isDrawerOpen } from '../platform/drawer.ts'
import { partsOf } from '../platform/feature.ts'
import { whenIdle } from '../platform/later.ts'
import { openPane } from '../platform/panes.ts'
import { followPlace, here, hereChannelId, type Place } from '../platform/place.ts'
import { Busy } from '../ui/Busy.tsx'
import { prefetchOverlays } from '../ui/load-overlays.ts'
import { ChannelScreen } from './ChannelScreen.tsx'
import { Connection } from './Connection.tsx'
import { noteVisit } from './entry-of.ts'
import styles from './Main.module.css'
import { NotOpen } from './NotOpen.tsx'
import { Side } from './Side.tsx'
import { useKeys } from './use-keys.ts'

/** The chat itself: teams and channels on the left, messages in the middle, a pane on the right. */
export const Main = ({ team }: { team: Team }) => {
  const { place } = useSource(here)
  const pane = useSource(openPane)
  const drawer = useDrawer()
  useEffect(() => followPlace(), [])
  useEffect(() => whenIdle(prefetchOverlays), [])
  useBackground()
  useTitle(team.id, useSource(hereChannelId))
  useVisit(team)
  useKeys()
  useEffect(() => whenIdle(prefetchOverlays), [])

  return (
    <div
      className={styles.page}
      data-pane={pane ? '' : undefined}
      data-drawer={drawer.isOpen ? '' : undefined}
    >
      <Side ref={drawer.side} team={team} />
      {/* A press beside the drawer closes it; on a keyboard, Esc does. */}
      <div className={styles.shade} aria-hidden onClick={() => isDrawerOpen.set(false)} />
      <main className={styles.main} inert={drawer.isOpen}>
        <Connection />
        <Middle team={team} place={place} />
      </main>
      {pane && (
        <div className={styles.pane}>
          <Suspense fallback={<Busy />}>
            <pane.Content key={pane.name + pane.key} {...pane.props} />
          </Suspense>
        </div>
      )}
    </div>
  )
}

const Middle = ({ team, place }: { team: Team; place: Place }) => {
  if (place.state === 'channel')
    return <ChannelScreen team={team} channelId={place.channelId} target={place.target} />
  if (place.state !== 'page') return <NotOpen place={place} team={team} />
  const page = partsOf('pages').find(({ path }) => path === place.name)
  if (!page) return <NotOpen place={{ state: 'missing', what: 'page' }} team={team} />
  return (
    <Suspense fallback={<Busy />}>
      <page.Screen key={page.path} rest={place.rest} />
    </Suspense>
  )
}

/** What features do while somebody is signed in. */
const useBackground = (): void => {
  useEffect(() => {
    const ends = partsOf('background').map((begin) => begin())
    return () => {
      for (const end of ends) end()
    }
  }, [])
}

/**
 * Tells the server which channel is shown, because it sends typing events only for that one, and remembers
 * the channel for the next start.
 */
const useVisit = (team: Team): void => {
  const channelId = useSource(hereChannelId)
  const connection = useSource(client.connection)
  useEffect(() => {
    if (connection === 'open') client.socket.tell('presence', { channel_id: channelId, team_id: team.id })
  }, [channelId, team.id, connection])
  useEffect(() => {
    if (channelId !== '') noteVisit(team, channelId)
  }, [channelId, team])
}

type Drawer = { isOpen: boolean; side: RefObject<HTMLElement | null> }

/**
 * On narrow screens the left side is a drawer: it takes the focus, returns it, and closes on every
 * navigation.
 */
const useDrawer = (): Drawer => {
  const current = useSource(path)
  const isOpen = useSource(isDrawerOpen)
  const side = useRef<HTMLElement>(null)
  const opener = useRef<Element>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs on every navigation
  useEffect(() => isDrawerOpen.set(false), [current])
  useEffect(() => {
    if (isOpen) {
      opener.current = document.activeElement
      side.current?.focus()
    } else if (opener.current instanceof HTMLElement) {
      opener.current.focus()
      opener.current = null
    }
  }, [isOpen])

  return { isOpen, side }
}
