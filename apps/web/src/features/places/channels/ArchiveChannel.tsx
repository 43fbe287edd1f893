import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { toTeam } from '../../../platform/navigation.ts'
import { here } from '../../../platform/place.ts'
import { Confirm } from '../../../ui/Confirm.tsx'

type ArchiveChannelProps = { channelId: string; close(): void }

/** Asks before a channel is archived for everybody. */
export const ArchiveChannel = ({ channelId, close }: ArchiveChannelProps) => {
  const say = useText()
  const channel = useSource(client.channels.described(channelId))
  const archive = async (): Promise<void> => {
    await client.channels.archive(channelId)
    const { team } = here.get()
    if (team) toTeam(team)
  }
  return (
    <Confirm
      title={say('channel.archiveTitle', { name: channel?.display_name ?? '' })}
      lead={say('channel.archiveLead')}
      action={say('channel.archiveSubmit')}
      isDanger
      run={archive}
      onClose={close}
    />
  )
}
