import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { postErasers, postMetadata } from '../posts/index.ts'
import { writingParts } from '../posts/writing/index.ts'
import { stopReading } from './fetching.ts'
import { listeners } from './listeners.ts'
import { previewsShown } from './metadata.ts'
import { keepJobs, looking } from './previewer.ts'
import routes from './routes.ts'
import { erasePreviewsOf, sweepPreviews } from './store.ts'
import { lookingAtWritten } from './writing.ts'

const DAY_MS = 24 * 60 * 60_000

export const previews: Feature = {
  name: 'previews',
  routes,
  listeners,
  extensions: [
    extend(writingParts, lookingAtWritten),
    extend(postMetadata, previewsShown),
    extend(postErasers, ({ db }, postIds) => erasePreviewsOf(db, postIds)),
  ],
  queues: [looking],
  beforeClients: keepJobs,
  stop: stopReading,
  schedules: [
    {
      name: 'previews.sweep',
      cron: '17 * * * *',
      async run({ db }) {
        await sweepPreviews(db, Date.now() - DAY_MS)
      },
    },
  ],
}
