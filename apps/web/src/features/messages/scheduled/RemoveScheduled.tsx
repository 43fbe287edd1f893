import type { ScheduledPost } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Confirm } from '../../../ui/Confirm.tsx'
import { summary } from '../../../ui/markdown/summary.ts'

/** Asks before a scheduled message is deleted. */
export const RemoveScheduled = ({ post, close }: { post: ScheduledPost; close(): void }) => {
  const say = useText()
  return (
    <Confirm
      title={say('scheduled.removeTitle')}
      lead={summary(post.message, 200)}
      action={say('scheduled.remove')}
      isDanger
      run={() => client.scheduled.remove(post)}
      onClose={close}
    />
  )
}
