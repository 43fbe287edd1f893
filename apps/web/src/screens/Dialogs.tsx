import type { Channel, Team } from '@plausch/wire'
import { useLocation } from 'wouter'
import { Profile } from '../features/people/users/Profile.tsx'
import { BrowseChannels } from '../features/places/channels/BrowseChannels.tsx'
import { ArchiveChannel, ChannelSettings } from '../features/places/channels/ChannelSettings.tsx'
import { CreateChannel } from '../features/places/channels/CreateChannel.tsx'
import { NewConversation } from '../features/places/channels/NewConversation.tsx'
import { QuickSwitcher } from '../features/places/channels/QuickSwitcher.tsx'
import { AddPeople } from '../features/places/members/AddPeople.tsx'
import { CreateTeam } from '../features/places/teams/CreateTeam.tsx'
import { InviteDialog } from '../features/places/teams/InviteDialog.tsx'
import type { Shortcut } from '../platform/shortcuts.ts'
import { Shortcuts } from './Shortcuts.tsx'

/** The dialog that is open over the chat. */
export type DialogName =
  | {
      kind:
        | 'switcher'
        | 'browse'
        | 'create'
        | 'createTeam'
        | 'conversation'
        | 'invite'
        | 'settings'
        | 'archive'
        | 'addPeople'
        | 'shortcuts'
    }
  | { kind: 'profile'; userId: string }

type DialogsProps = {
  name: DialogName | undefined
  team: Team
  channelId: string
  shortcuts: readonly Shortcut[]
  show(name: DialogName | undefined): void
  open(channel: Channel): void
  write(userId: string): void
  left(): void
}

export const Dialogs = ({ name, team, channelId, shortcuts, show, open, write, left }: DialogsProps) => {
  const [, navigate] = useLocation()
  const close = (): void => show(undefined)
  switch (name?.kind) {
    case undefined:
      return null
    case 'switcher':
      return <QuickSwitcher teamId={team.id} close={close} open={open} />
    case 'browse':
      return (
        <BrowseChannels teamId={team.id} close={close} open={open} create={() => show({ kind: 'create' })} />
      )
    case 'create':
      return <CreateChannel teamId={team.id} close={close} created={open} />
    case 'createTeam':
      return (
        <CreateTeam
          close={close}
          created={(created) => {
            close()
            navigate(`/${created.name}`)
          }}
        />
      )
    case 'conversation':
      return <NewConversation teamId={team.id} close={close} open={open} />
    case 'invite':
      return <InviteDialog teamId={team.id} close={close} />
    case 'settings':
      return <ChannelSettings channelId={channelId} close={close} archive={() => show({ kind: 'archive' })} />
    case 'archive':
      return (
        <ArchiveChannel
          channelId={channelId}
          close={close}
          archived={() => {
            close()
            left()
          }}
        />
      )
    case 'addPeople':
      return <AddPeople channelId={channelId} close={close} />
    case 'shortcuts':
      return <Shortcuts shortcuts={shortcuts} close={close} />
    case 'profile':
      return (
        <Profile
          userId={name.userId}
          close={close}
          write={(userId) => {
            close()
            write(userId)
          }}
        />
      )
  }
}
