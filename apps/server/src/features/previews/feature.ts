import type { Feature } from '../../core/feature.ts'
import { addFragment, type Outcome } from '../posts/index.ts'
import { mayHaveLink } from './links.ts'
import { listeners } from './listeners.ts'
import { previewerOf, wakePreviewer } from './previewer.ts'
import routes from './routes.ts'
import { hasLinksColumn, queueSql, sweepPreviews } from './store.ts'

const DAY_MS = 24 * 60 * 60_000

export const previews: Feature = {
  name: 'previews',
  routes,
  listeners,
  effects: [wakePreviewer],
  start(server) {
    addFragment(server, {
      part(rows) {
        const { EnableLinkPreviews } = server.settings().ServiceSettings
        const isWanted = EnableLinkPreviews && rows.some(({ message }) => mayHaveLink(message))
        return isWanted
          ? { values: [], variant: 'links', sql: () => queueSql, column: hasLinksColumn }
          : { values: [], sql: () => '' }
      },
      told: (context, outcome: Outcome & { has_links?: boolean }) => {
        if (outcome.has_links) context.effect(wakePreviewer, {})
      },
    })
  },
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
