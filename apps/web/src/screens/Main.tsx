import type { Channel, Team } from '@plausch/wire'
import { type RefObject, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useSource } from '../browser/use-source.ts'
import { useTitle } from '../features/attention/unreads/use-title.ts'
import { useChannelRights } from '../features/places/channels/rights.ts'
import { MembersPane } from '../features/places/members/MembersPane.tsx'
import { attempt } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import { later, whenIdle } from '../platform/later.ts'
import { channelPath } from '../platform/names.ts'
import { prefetchOverlays } from '../ui/load-overlays.ts'
import { ChannelScreen } from './ChannelScreen.tsx'
import { Connection } from './Connection.tsx'
import type { DialogName } from './Dialogs.tsx'
import { noteVisit } from './entry-of.ts'
import styles from './Main.module.css'
import { NotOpen } from './NotOpen.tsx'
import { Side } from './Side.tsx'
import { useKeys } from './use-keys.ts'
import { usePlace, type Wanted } from './use-place.ts'

const Dialogs = later(async () => (await import('./Dialogs.tsx')).Dialogs)

/** The chat itself: teams and channels on the left, messages in the middle, people on the right. */
export const Main = ({ team, wanted }: { team: Team; wanted: Wanted }) => {
  const [, navigate] = useLocation()
  const place = usePlace(team, wanted)
  const channelId = place.state === 'open' ? place.channelId : ''
  const channel = useSource(client.channels.records.at(channelId))
  const [dialog, show] = useState<DialogName>()
  const [wantsMembers, setMembers] = useState(false)
  const drawer = useDrawer()
  const showsMembers = wantsMembers && channel !== undefined && channel.type !== 'D'
  useTitle(team.id, channelId)
  useVisit(team, channelId)
  useEffect(() => whenIdle(prefetchOverlays), [])

  const open = useCallback(
    (to: Channel): void => {
      show(undefined)
      navigate(channelPath(team.name, to))
    },
    [team.name, navigate],
  )
  const write = (userId: string): void => void attempt(async () => open(await client.channels.open([userId])))
  const openProfile = useCallback((userId: string) => show({ kind: 'profile', userId }), [])
  const left = (): void => navigate(`/${team.name}`)
  const toggleMembers = (): void => setMembers(!showsMembers)
  const shortcuts = useKeys({ team, channelId, show, open, toggleMembers })

  return (
    <div
      className={styles.page}
      data-members={showsMembers ? '' : undefined}
      data-drawer={drawer.isOpen ? '' : undefined}
    >
      <Side ref={drawer.side} team={team} channelId={channelId} show={show} closeDrawer={drawer.close} />
      {/* A press beside the drawer closes it; on a keyboard, Esc does. */}
      <div className={styles.shade} aria-hidden onClick={drawer.close} />
      <main className={styles.main} inert={drawer.isOpen}>
        <Connection />
        {place.state === 'open' ? (
          <ChannelScreen
            team={team}
            channelId={channelId}
            target={place.target}
            isMembersOpen={showsMembers}
            toggleMembers={toggleMembers}
            openSettings={() => show({ kind: 'settings' })}
            openInvite={team.invite_id === '' ? undefined : () => show({ kind: 'invite' })}
            openDrawer={drawer.open}
            openProfile={openProfile}
            left={left}
          />
        ) : (
          <NotOpen place={place} team={team} open={open} openDrawer={drawer.open} />
        )}
      </main>
      {showsMembers && (
        <People channelId={channelId} show={show} write={write} close={() => setMembers(false)} />
      )}
      {dialog && (
        <Suspense>
          <Dialogs
            name={dialog}
            team={team}
            channelId={channelId}
            shortcuts={shortcuts}
            show={show}
            open={open}
            write={write}
            left={left}
          />
        </Suspense>
      )}
    </div>
  )
}

type PeopleProps = {
  channelId: string
  show(dialog: DialogName): void
  write(userId: string): void
  close(): void
}

const People = ({ channelId, show, write, close }: PeopleProps) => {
  const { mayAddPeople, mayRemovePeople } = useChannelRights(channelId)
  return (
    <div className={styles.pane}>
      <MembersPane
        key={channelId}
        channelId={channelId}
        mayAdd={mayAddPeople}
        mayRemove={mayRemovePeople}
        add={() => show({ kind: 'addPeople' })}
        write={write}
        show={(userId) => show({ kind: 'profile', userId })}
        close={close}
      />
    </div>
  )
}

/**
 * Tells the server which channel is shown, because it sends typing events only for that one, and remembers
 * the channel for the next start.
 */
const useVisit = (team: Team, channelId: string): void => {
  const connection = useSource(client.connection)
  useEffect(() => {
    if (connection === 'open') client.socket.tell('presence', { channel_id: channelId, team_id: team.id })
  }, [channelId, team.id, connection])
  useEffect(() => {
    if (channelId !== '') noteVisit(team, channelId)
  }, [channelId, team])
}

type Drawer = { isOpen: boolean; side: RefObject<HTMLElement | null>; open(): void; close(): void }

/**
 * On narrow screens the left side is a drawer: it takes the focus, returns it, and closes on every
 * navigation.
 */
const useDrawer = (): Drawer => {
  const [path] = useLocation()
  const [isOpen, setOpen] = useState(false)
  const side = useRef<HTMLElement>(null)
  const opener = useRef<Element>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs on every navigation
  useEffect(() => setOpen(false), [path])
  useEffect(() => {
    if (isOpen) side.current?.focus()
    else if (opener.current instanceof HTMLElement) opener.current.focus()
  }, [isOpen])

  const open = (): void => {
    opener.current = document.activeElement
    setOpen(true)
  }
  return { isOpen, side, open, close: () => setOpen(false) }
}
