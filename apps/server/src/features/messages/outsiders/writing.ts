import { read } from '../../../core/context.ts'
import { findChannels } from '../../places/channels/index.ts'
import type { Part } from '../posts/writing/index.ts'
import { hintGroups, hintOutsiders } from './hint.ts'

/** Runs after the reply: nobody waits for a hint, and it is not sent again. */
export const hinting: Part = {
  name: 'outsiders',
  tell({ server, actor }, { post }) {
    if (post.type.startsWith('system_') || !post.message.includes('@')) return
    const hint = read(server, { actor }, async (context) => {
      const [channel] = await findChannels(context.db, [post.channel_id])
      if (!channel || channel.team_id === '') return
      await hintOutsiders(context, post, channel)
      await hintGroups(context, post, channel)
    })
    server.background.run(hint, 'an author could not be told whom a post does not reach')
  },
}
