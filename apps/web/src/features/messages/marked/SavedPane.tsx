import { Bookmark, BookmarkX } from 'lucide-react'
import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { closePane } from '../../../platform/panes.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { Pane } from '../../../ui/Pane.tsx'
import { MarkedList } from './MarkedList.tsx'

/** The messages that the reader saved for later, in all channels. */
export const SavedPane = () => {
  const say = useText()
  const ids = useSource(client.marked.saved)
  const [isLoaded, setLoaded] = useState(false)
  const [load] = useState(() => async () => {
    await client.marked.openSaved()
    setLoaded(true)
  })
  return (
    <Pane title={say('marked.saved')} onClose={closePane}>
      <MarkedList
        label={say('marked.saved')}
        ids={isLoaded || ids.length > 0 ? ids : undefined}
        load={load}
        icon={Bookmark}
        none={say('marked.noneSaved')}
        hint={say('marked.noneSavedLead')}
        actionsOf={(post) => (
          <IconButton
            icon={BookmarkX}
            size={16}
            label={say('marked.unsave')}
            onClick={() => void attempt(() => client.preferences.save('flagged_post', post.id, 'false'))}
          />
        )}
      />
    </Pane>
  )
}
