import { channels as operations } from '@plausch/wire'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { Confirm } from '../../../ui/Confirm.tsx'

type ConvertChannelProps = { channelId: string; close(): void }

/** Asks before a public channel becomes private. */
export const ConvertChannel = ({ channelId, close }: ConvertChannelProps) => {
  const say = useText()
  const name = useSource(channelName(channelId))
  return (
    <Confirm
      title={say('channel.makePrivateTitle', { name })}
      lead={say('channel.makePrivateLead')}
      action={say('channel.makePrivate')}
      run={async () => {
        const params = { channel_id: channelId }
        client.channels.put(await client.call(operations.setPrivacy, { params, body: { privacy: 'P' } }))
      }}
      onClose={close}
    />
  )
}
