/**
 * Deletes files that were uploaded and never used. Only their sender can see them. They are deleted after a
 * week, unless a draft or a scheduled post still refers to them.
 */
import { change, system } from '../../../core/context.ts'
import type { Server } from '../../../core/server.ts'
import { eraseFiles } from './service.ts'
import { lockUnused } from './store.ts'

const UNUSED_MS = 7 * 24 * 60 * 60_000
const AT_ONCE = 200

export const sweepUnused = async (server: Server): Promise<void> => {
  const before = Date.now() - UNUSED_MS
  let total = 0
  for (;;) {
    const ids = await change(server, { actor: system }, async (context) => {
      const found = (await lockUnused(context.db, before, AT_ONCE)).map(({ id }) => id)
      if (found.length > 0) await eraseFiles(context, found)
      return found
    })
    total += ids.length
    if (ids.length < AT_ONCE) break
  }
  if (total > 0) server.log.info({ files: total }, 'files that nobody used were removed')
}
