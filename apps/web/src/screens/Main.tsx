import { partnerOf } from '@plausch/client'
import type { Category, Channel, Team } from '@plausch/wire'
import { MessageSquarePlus, Plus, Search, Telescope } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { neighbourOf } from '../features/categories/order.ts'
import { Sidebar } from '../features/categories/Sidebar.tsx'
import { useChannelRights } from '../features/channels/rights.ts'
import { MembersPane } from '../features/members/MembersPane.tsx'
import { TeamMenu } from '../features/teams/TeamMenu.tsx'
import { useTitle } from '../features/unreads/use-title.ts'
import { UserMenu } from '../features/users/UserMenu.tsx'
import { useAttempt, useText } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import { channelPath } from '../platform/names.ts'
import { moveToRegion, type Shortcut, useShortcuts } from '../platform/shortcuts.ts'
import { storage } from '../platform/storage.ts'
import { useSource } from '../platform/use-source.ts'
import { keyName } from '../ui/key-name.ts'
import type { MenuItem } from '../ui/Menu.tsx'
import { ChannelScreen } from './ChannelScreen.tsx'
import { Connection } from './Connection.tsx'
import { type DialogName, Dialogs } from './Dialogs.tsx'
import styles from './Main.module.css'
import { NotOpen } from './NotOpen.tsx'
import { usePlace, type Wanted } from './use-place.ts'

/** The chat itself: teams and channels at the left, messages in the middle, people at the right. */
export const Main = ({ team, wanted }: { team: Team; wanted: Wanted }) => {
  const say = useText()
  const attempt = useAttempt()
  const [path, navigate] = useLocation()
  const place = usePlace(team, wanted)
  const channelId = place.state === 'open' ? place.channelId : ''
  const [dialog, setDialog] = useState<DialogName>()
  const [hasMembers, setMembers] = useState(false)
  const [isDrawerOpen, setDrawer] = useState(false)
  const permissions = useSource(client.roles.permissions(team.id))
  const rights = useChannelRights(channelId)
  const connection = useSource(client.connection)
  useTitle(team.id, channelId)

  // The server sends typing only for the channel that it knows to be shown.
  useEffect(() => {
    if (connection === 'open') client.socket.tell('presence', { channel_id: channelId, team_id: team.id })
  }, [channelId, team.id, connection])

  useEffect(() => {
    setDrawer(false)
    if (channelId !== '') {
      storage.set(`last-channel/${client.myId.get()}/${team.id}`, channelId)
      storage.set(`last-team/${client.myId.get()}`, team.id)
    }
    // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes with every way taken
  }, [channelId, team.id, path])

  const open = useCallback(
    (channel: Channel): void => {
      setDialog(undefined)
      navigate(channelPath(team.name, channel))
    },
    [team.name, navigate],
  )
  const openById = (id: string | undefined): void => {
    const channel = client.channels.records.one(id ?? '')
    if (channel) open(channel)
  }
  const write = (userId: string): void => void attempt(async () => open(await client.channels.open([userId])))
  const openProfile = useCallback((userId: string) => setDialog({ kind: 'profile', userId }), [])
  const left = (): void => navigate(`/${team.name}`)

  const mayCreate = permissions.has('create_public_channel') || permissions.has('create_private_channel')
  const invite = team.invite_id === '' ? undefined : () => setDialog({ kind: 'invite' })
  const additions = (category: Category): MenuItem[] => {
    if (category.type === 'direct_messages') {
      return [{ label: say('conversation.new'), icon: MessageSquarePlus, run: () => setDialog({ kind: 'conversation' }) }]
    }
    if (category.type !== 'channels') return []
    return [
      { label: say('channel.browse'), icon: Telescope, run: () => setDialog({ kind: 'browse' }) },
      ...(mayCreate ? [{ label: say('channel.create'), icon: Plus, run: () => setDialog({ kind: 'create' }) }] : []),
    ]
  }

  const shortcuts: Shortcut[] = [
    { keys: 'Ctrl+K', name: 'shortcuts.switcher', run: () => setDialog({ kind: 'switcher' }) },
    { keys: 'Alt+Down', name: 'shortcuts.next', run: () => openById(neighbourOf(team.id, channelId, 1)) },
    { keys: 'Alt+Up', name: 'shortcuts.previous', run: () => openById(neighbourOf(team.id, channelId, -1)) },
    { keys: 'Alt+Shift+Down', name: 'shortcuts.nextUnread', run: () => openById(neighbourOf(team.id, channelId, 1, true)) },
    { keys: 'Alt+Shift+Up', name: 'shortcuts.previousUnread', run: () => openById(neighbourOf(team.id, channelId, -1, true)) },
    { keys: 'Ctrl+Shift+M', name: 'shortcuts.members', run: () => setMembers(!hasMembers) },
    { keys: 'F6', name: 'shortcuts.region', run: () => moveToRegion(1) },
    { keys: 'Shift+F6', name: 'shortcuts.regionBack', run: () => moveToRegion(-1) },
    { keys: 'Ctrl+/', name: 'shortcuts.title', run: () => setDialog({ kind: 'shortcuts' }) },
  ]
  useShortcuts(shortcuts)

  const channel = useSource(client.channels.records.at(channelId))
  const showsMembers = hasMembers && channel !== undefined && channel.type !== 'D'

  return (
    <div className={styles.page} data-members={showsMembers ? '' : undefined} data-drawer={isDrawerOpen ? '' : undefined}>
      <nav
        className={styles.side}
        aria-label={say('main.channels')}
        data-landmark
        tabIndex={-1}
        onKeyDown={(event) => event.key === 'Escape' && setDrawer(false)}
      >
        <div className={styles.team}>
          <TeamMenu
            teamId={team.id}
            go={(name) => navigate(`/${name}`)}
            invite={invite}
            create={permissions.has('create_team') ? () => setDialog({ kind: 'createTeam' }) : undefined}
          />
        </div>
        <button type="button" className={styles.search} onClick={() => setDialog({ kind: 'switcher' })}>
          <Search size={16} strokeWidth={1.75} aria-hidden />
          <span>{say('switcher.open')}</span>
          <kbd>{keyName('Ctrl+K')}</kbd>
        </button>
        <Sidebar teamId={team.id} teamName={team.name} current={channelId} additions={additions} />
        <div className={styles.user}>
          <UserMenu showShortcuts={() => setDialog({ kind: 'shortcuts' })} />
        </div>
      </nav>
      {/* Beside the drawer, a press closes it; with keys, Esc does. */}
      <div className={styles.shade} aria-hidden onClick={() => setDrawer(false)} />
      <main className={styles.main} inert={isDrawerOpen}>
        <Connection />
        {place.state === 'open' ? (
          <ChannelScreen
            team={team}
            channelId={channelId}
            target={place.target}
            isMembersOpen={showsMembers}
            toggleMembers={() => setMembers(!hasMembers)}
            openSettings={() => setDialog({ kind: 'settings' })}
            openInvite={invite}
            openDrawer={() => setDrawer(true)}
            openProfile={openProfile}
            left={left}
          />
        ) : (
          <NotOpen place={place} team={team} open={open} openDrawer={() => setDrawer(true)} />
        )}
      </main>
      {showsMembers && (
        <div className={styles.pane}>
          <MembersPane
            key={channelId}
            channelId={channelId}
            mayAdd={rights.mayAddPeople}
            mayRemove={rights.mayRemovePeople}
            add={() => setDialog({ kind: 'addPeople' })}
            write={write}
            show={openProfile}
            close={() => setMembers(false)}
          />
        </div>
      )}
      <Dialogs
        name={dialog}
        team={team}
        channelId={channelId}
        shortcuts={shortcuts}
        mayCreate={mayCreate}
        show={setDialog}
        open={open}
        write={write}
        left={left}
      />
    </div>
  )
}

/** Where a team opens: where one was, else in the channel that everybody belongs to. */
export const entryOf = (team: Team): string => {
  const all = client.channels.records.get()
  const last = client.channels.records.one(storage.get(`last-channel/${client.myId.get()}/${team.id}`) ?? '')
  const isUsable = last !== undefined && (last.team_id === team.id || last.team_id === '') && last.delete_at === 0
  const isPartnerKnown = last?.type !== 'D' || client.users.records.has(partnerOf(last, client.myId.get()))
  const channel = isUsable && isPartnerKnown ? last : all.find(({ team_id, name }) => team_id === team.id && name === 'town-square')
  const any = channel ?? all.find(({ team_id, delete_at }) => team_id === team.id && delete_at === 0)
  return any ? channelPath(team.name, any) : `/${team.name}/channels/town-square`
}
