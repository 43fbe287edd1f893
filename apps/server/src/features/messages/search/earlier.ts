/**
 * An earlier version kept posts and files that were not indexed yet in its own tables. At the start they
 * become jobs.
 */
import { change, system } from '../../../core/context.ts'
import { addJobs } from '../../../core/queue.ts'
import type { Server } from '../../../core/server.ts'
import { fileQueue } from './file-index.ts'
import { postQueue } from './post-index.ts'
import { takeEarlierFiles, takeEarlierPosts } from './waiting-store.ts'

const AT_ONCE = 200

export const carryOver = async (server: Server): Promise<void> => {
  for (let found = AT_ONCE; found === AT_ONCE; ) {
    found = await change(server, { actor: system }, async (context) => {
      const posts = await takeEarlierPosts(context.db, AT_ONCE)
      for (const is_again of [false, true]) {
        const ids = posts.filter((post) => post.is_again === is_again).map(({ id }) => id)
        if (ids.length > 0) await addJobs(context, postQueue, [{ payload: { ids, is_again } }])
      }
      const files = (await takeEarlierFiles(context.db, AT_ONCE)).map(({ id }) => id)
      if (files.length > 0) await addJobs(context, fileQueue, [{ payload: { ids: files } }])
      return Math.max(posts.length, files.length)
    })
  }
}
