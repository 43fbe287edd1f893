/** The queues of `after` listeners. */
import { change, system } from './context.ts'
import { type Heard, queueOf } from './facts.ts'
import { each, type Queue, queue } from './queue.ts'

const BATCH = 20

const listenerQueue = (heard: Heard): Queue =>
  queue<never>({
    name: queueOf(heard),
    batch: BATCH,
    run: each(async (server, { payload }) => {
      await change(server, { actor: system }, (context) => heard.listener.run(context, payload))
      return 'done'
    }),
  })

export const listenerQueues = (heard: readonly Heard[]): Queue[] =>
  heard.filter(({ listener }) => listener.kind === 'after' && listener.queue === undefined).map(listenerQueue)
