/** Changes of people in a channel. */
import { members as operations } from '@plausch/wire'
import { client } from '../../../platform/client.ts'
import { loadChannelAdmins } from '../channels/holders.ts'

/** Makes a member an admin of the channel, or an ordinary member again. */
export const setAdmin = async (channelId: string, userId: string, isAdmin: boolean): Promise<void> => {
  await client.call(operations.setSchemeRoles, {
    params: { channel_id: channelId, user_id: userId },
    body: { scheme_user: true, scheme_admin: isAdmin },
  })
  await loadChannelAdmins(channelId)
}
