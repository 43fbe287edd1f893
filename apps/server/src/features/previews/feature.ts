import { extend } from '../../core/extension.ts'
import type { Feature } from '../../core/feature.ts'
import { postMetadata, writingParts } from '../posts/index.ts'
import { listeners } from './listeners.ts'
import { previewsShown } from './metadata.ts'
import { previewerOf, wakePreviewer } from './previewer.ts'
import routes from './routes.ts'
import { sweepPreviews } from './store.ts'
import { looking } from './writing.ts'

const DAY_MS = 24 * 60 * 60_000

export const previews: Feature = {
  name: 'previews',
  routes,
  listeners,
  effects: [wakePreviewer],
  extensions: [extend(writingParts, looking), extend(postMetadata, previewsShown)],
  async beforeClients(server) {
    previewerOf(server).wake()
  },
  stop: (server) => previewerOf(server).stop(),
  schedules: (server) => [
    {
      name: 'previews.sweep',
      cron: '17 * * * *',
      async run() {
        await sweepPreviews(server.db, Date.now() - DAY_MS)
      },
    },
  ],
}
