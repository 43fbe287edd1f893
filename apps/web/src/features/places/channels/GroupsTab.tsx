import { type Channel, channels as operations } from '@plausch/wire'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { PlaceGroups } from '../syncables/PlaceGroups.tsx'

/** The groups of the directory that are linked to the channel, and whether only they decide who is in it. */
export const GroupsTab = ({ channel }: { channel: Channel }) => {
  const permissions = useSource(client.roles.permissions(channel.team_id, channel.id))
  const kind = channel.type === 'P' ? 'private' : 'public'
  const isOpen = channel.delete_at === 0
  const mayManageMembers = isOpen && permissions.has(`manage_${kind}_channel_members`)
  return (
    <PlaceGroups
      place={{ kind: 'channel', id: channel.id, name: channel.display_name }}
      isDecided={channel.group_constrained === true}
      // Ordinary members may add people, but a link goes on adding: that is for those who have a role here.
      mayLink={mayManageMembers && permissions.has('manage_channel_roles')}
      mayDecide={
        mayManageMembers &&
        permissions.has('manage_channel_roles') &&
        permissions.has(`manage_${kind}_channel_properties`)
      }
      decide={async (group_constrained) =>
        client.channels.put(
          await client.call(operations.patch, {
            params: { channel_id: channel.id },
            body: { group_constrained },
          }),
        )
      }
    />
  )
}
