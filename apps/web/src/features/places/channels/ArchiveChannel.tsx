import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { toTeam } from '../../../platform/navigation.ts'
import { here } from '../../../platform/place.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'

type ArchiveChannelProps = { channelId: string; close(): void }

/** Asks before a channel is archived for everybody. */
export const ArchiveChannel = ({ channelId, close }: ArchiveChannelProps) => {
  const say = useText()
  const channel = useSource(client.channels.records.at(channelId))
  const [isBusy, setBusy] = useState(false)
  const archive = async (): Promise<void> => {
    setBusy(true)
    const isDone = await attempt(() => client.channels.archive(channelId))
    const { team } = here.get()
    if (isDone && team) toTeam(team)
    else setBusy(false)
  }
  return (
    <Dialog
      title={say('channel.archiveTitle', { name: channel?.display_name ?? '' })}
      onClose={close}
      onSubmit={() => void archive()}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="danger" type="submit" isBusy={isBusy} autoFocus>
            {say('channel.archiveSubmit')}
          </Button>
        </>
      }
    >
      <p>{say('channel.archiveLead')}</p>
    </Dialog>
  )
}
