import { after } from '../../../core/facts.ts'
import { findChannels } from '../../places/channels/index.ts'
import { findPosts } from '../posts/index.ts'
import { postsWritten } from '../posts/writing/index.ts'
import { answerForAbsent } from './answers.ts'

export default [
  after(postsWritten, async (context, { ids }) => {
    if (!context.server.settings().TeamSettings.ExperimentalEnableAutomaticReplies) return
    const posts = (await findPosts(context.db, ids)).filter(
      ({ type, delete_at }) => delete_at === 0 && !type.startsWith('system_'),
    )
    const channels = await findChannels(context.db, [...new Set(posts.map(({ channel_id }) => channel_id))])
    // Lock the channels in the same order as a batch of posts does, to avoid deadlocks.
    for (const channel of channels.sort((a, b) => (a.id < b.id ? -1 : 1))) {
      if (channel.type !== 'D') continue
      const here = posts.filter(({ channel_id }) => channel_id === channel.id)
      for (const post of new Map(here.map((each) => [each.user_id, each])).values())
        await answerForAbsent(context, post, channel)
    }
  }),
]
