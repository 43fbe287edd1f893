import { Pin } from 'lucide-react'
import { useCallback } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { closePane } from '../../../platform/panes.ts'
import { Pane } from '../../../ui/Pane.tsx'
import { MarkedList } from './MarkedList.tsx'

/** The pinned messages of a channel. */
export const PinnedPane = ({ channelId }: { channelId: string }) => {
  const say = useText()
  const name = useSource(channelName(channelId))
  const ids = useSource(client.marked.pinned.at(channelId))
  const load = useCallback(() => client.marked.openPinned(channelId), [channelId])
  return (
    <Pane title={say('marked.pinned')} subtitle={name} onClose={closePane}>
      <MarkedList
        label={say('marked.pinned')}
        ids={ids}
        load={load}
        icon={Pin}
        none={say('marked.nonePinned')}
        hint={say('marked.nonePinnedLead')}
      />
    </Pane>
  )
}
