import { channels as operations } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { toTeam } from '../../../platform/navigation.ts'
import { here, hereChannelId } from '../../../platform/place.ts'
import { Confirm } from '../../../ui/Confirm.tsx'

type LeaveChannelProps = { channelId: string; close(): void }

/** Asks before somebody leaves a channel, and warns the last member, who cannot come back. */
export const LeaveChannel = ({ channelId, close }: LeaveChannelProps) => {
  const say = useText()
  const channel = useSource(client.channels.described(channelId))
  const name = useSource(channelName(channelId))
  const [count, setCount] = useState<number>()

  useEffect(() => {
    const params = { channel_id: channelId }
    client.call(operations.stats, { params, query: { exclude_files_count: true } }).then(
      ({ member_count }) => setCount(member_count),
      // Without the number only the warning is missing.
      () => undefined,
    )
  }, [channelId])

  const leave = async (): Promise<void> => {
    const isOpen = hereChannelId.get() === channelId
    await client.channels.leave(channelId)
    const { team } = here.get()
    if (isOpen && team) toTeam(team)
  }
  const lead =
    count === 1
      ? channel?.type === 'P'
        ? 'channel.leaveLastPrivate'
        : 'channel.leaveLast'
      : channel?.type === 'P'
        ? 'channel.leavePrivate'
        : 'channel.leavePublic'
  return (
    <Confirm
      title={say('channel.leaveTitle', { name })}
      lead={say(lead)}
      action={say('channel.leaveSubmit')}
      isDanger={channel?.type === 'P'}
      run={leave}
      onClose={close}
    />
  )
}
