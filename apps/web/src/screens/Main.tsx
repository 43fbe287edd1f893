import type { Team } from '@plausch/wire'
import { type CSSProperties, type RefObject, Suspense, useEffect, useRef } from 'react'
import { path } from '../browser/path.ts'
import { useSource } from '../browser/use-source.ts'
import { useTitle } from '../features/attention/unreads/use-title.ts'
import { useText } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import { isDrawerOpen } from '../platform/drawer.ts'
import { partsOf } from '../platform/feature.ts'
import { later, whenSettled } from '../platform/later.ts'
import { closePane, openPane } from '../platform/panes.ts'
import { followPlace, here, hereChannelId, type Place } from '../platform/place.ts'
import { threadChannelId } from '../platform/threading.ts'
import { Busy } from '../ui/Busy.tsx'
import { ErrorBoundary, Failed } from '../ui/ErrorBoundary.tsx'
import { prefetchOverlays } from '../ui/load-overlays.ts'
import { ChannelScreen } from './ChannelScreen.tsx'
import { Connection } from './Connection.tsx'
import { noteVisit } from './entry-of.ts'
import styles from './Main.module.css'
import { Side } from './Side.tsx'
import { useBackground } from './use-background.ts'
import { useKeys } from './use-keys.ts'
import { type Grip, type Limits, useWidth } from './use-width.ts'

const NotOpen = later(async () => (await import('./NotOpen.tsx')).NotOpen)

const SIDE: Limits = { name: 'side', usual: 264, least: 200, most: 380 }
const PANE: Limits = { name: 'pane', usual: 400, least: 320, most: 640 }

/** The chat itself: teams and channels on the left, messages in the middle, a pane on the right. */
export const Main = ({ team }: { team: Team }) => {
  const say = useText()
  const { place } = useSource(here)
  const pane = useSource(openPane)
  const page = useRef<HTMLDivElement>(null)
  const side = useWidth(SIDE, 'start', page)
  const right = useWidth(PANE, 'end', page)
  const drawer = useDrawer()
  useEffect(() => followPlace(), [])
  useEffect(() => whenSettled(prefetchOverlays), [])
  useBackground()
  useVisit(team)
  useKeys()

  return (
    <div
      ref={page}
      className={styles.page}
      style={{ '--side': `${side.width}px`, '--pane': `${right.width}px` } as CSSProperties}
      data-pane={pane ? '' : undefined}
      data-drawer={drawer.isOpen ? '' : undefined}
    >
      <Title teamId={team.id} />
      <ErrorBoundary part="list of channels" of={team}>
        <Side
          ref={drawer.side}
          team={team}
          edge={<Separator label={say('main.resizeSide')} of={side.separator} />}
        />
      </ErrorBoundary>
      {/* A press beside the drawer closes it; on a keyboard, Esc does. */}
      <div className={styles.shade} aria-hidden onClick={() => isDrawerOpen.set(false)} />
      <main className={styles.main} inert={drawer.isOpen}>
        <Connection />
        <ErrorBoundary part="place" of={place}>
          <Suspense fallback={<Busy />}>
            <Middle team={team} place={place} />
          </Suspense>
        </ErrorBoundary>
        {pane && <Separator label={say('main.resizePane')} of={right.separator} />}
      </main>
      {pane && (
        <div className={styles.pane}>
          <ErrorBoundary
            part="pane"
            of={pane}
            fallback={(failure) => <Failed {...failure} close={closePane} />}
          >
            <Suspense fallback={<Busy />}>
              <pane.Content key={pane.name + pane.key} {...pane.props} />
            </Suspense>
          </ErrorBoundary>
        </div>
      )}
    </div>
  )
}

/** Each message changes the title, but nothing else of the page. */
const Title = ({ teamId }: { teamId: string }) => {
  useTitle(teamId, useSource(hereChannelId))
  return null
}

/** The line between two regions: dragged, or moved by the arrow keys; pressed twice, it is where it was first. */
const Separator = ({ label, of }: { label: string; of: Grip }) => {
  const { limits, width, ...handlers } = of
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={limits.least}
      aria-valuemax={limits.most}
      className={styles.edge}
      {...handlers}
    />
  )
}

const Middle = ({ team, place }: { team: Team; place: Place }) => {
  if (place.state === 'channel')
    return <ChannelScreen team={team} channelId={place.channelId} target={place.target} />
  if (place.state === 'asking' || place.state === 'entry') return <Busy />
  if (place.state !== 'page') return <NotOpen place={place} team={team} />
  const page = partsOf('pages').find(({ path }) => path === place.name)
  if (!page) return <NotOpen place={{ state: 'missing', what: 'page' }} team={team} />
  return <page.Screen key={page.path} rest={place.rest} />
}

/**
 * Tells the server which channel is shown, because it sends typing events only for that one, and remembers
 * the channel for the next start.
 */
const useVisit = (team: Team): void => {
  const channelId = useSource(hereChannelId)
  const threadChannel = useSource(threadChannelId)
  const connection = useSource(client.connection)
  const shown = channelId || threadChannel
  useEffect(() => {
    if (connection === 'open') client.socket.tell('presence', { channel_id: shown, team_id: team.id })
  }, [shown, team.id, connection])
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
