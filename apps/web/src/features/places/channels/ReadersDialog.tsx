import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Readers } from './Readers.tsx'

/** Who can read a channel, for the palette and menus. */
export const ReadersDialog = ({ channelId, close }: { channelId: string; close(): void }) => {
  const say = useText()
  const channel = useSource(client.channels.described(channelId))
  if (!channel) return null
  return (
    <Dialog title={say('readers.title')} onClose={close}>
      <Readers channel={channel} close={close} />
    </Dialog>
  )
}
