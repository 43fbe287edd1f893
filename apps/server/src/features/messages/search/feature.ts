import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { postErasers } from '../posts/index.ts'
import { writingParts } from '../posts/writing/index.ts'
import { carryOver } from './earlier.ts'
import listeners from './events.ts'
import { fileQueue } from './file-index.ts'
import { forgetErased, postQueue } from './post-index.ts'
import { rebuildOf } from './rebuild.ts'
import routes from './routes.ts'
import { sweeperOf } from './sweeper.ts'
import { indexing } from './writing.ts'

export const search: Feature = {
  name: 'search',
  routes,
  listeners,
  extensions: [extend(writingParts, indexing), extend(postErasers, forgetErased)],
  queues: [postQueue, fileQueue],
  async beforeClients(server) {
    await carryOver(server)
    rebuildOf(server).start()
  },
  async stop(server) {
    await Promise.all([rebuildOf(server).stop(), sweeperOf(server).stop()])
  },
}
