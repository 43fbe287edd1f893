/**
 * Facts: how a feature tells the features above it what happened. A fact is declared in the events.ts of its
 * feature, a listener in the events.ts of the listening feature. A `within` listener runs in the same
 * transaction and may refuse. An `after` listener runs as a job, stored by that transaction, and must
 * tolerate repetition.
 */
import type { Queue } from './queue.ts'
import type { Fact, Facts, Run } from './server.ts'

export const fact = <P>(name: string): Fact<P> => ({ name })

export type Listener = { fact: string; kind: 'within' | 'after'; run: Run<never>; queue?: string }

export const within = <P>(fact: Fact<P>, run: Run<P>): Listener => ({ fact: fact.name, kind: 'within', run })

export const after = <P>(fact: Fact<P>, run: Run<P>): Listener => ({ fact: fact.name, kind: 'after', run })

/**
 * The same with a queue that the listener declares, which gets the payloads of several facts together. The
 * queue is mounted in `Feature.queues`.
 */
export const afterIn = <P>(fact: Fact<P>, queue: Queue<P>): Listener => ({
  fact: fact.name,
  kind: 'after',
  run: async () => undefined,
  queue: queue.name,
})

/** A listener and its feature. */
export type Heard = { feature: string; listener: Listener }

/**
 * Each `after` listener has a separate queue, so a failing or slow one delays no other, and none runs again
 * because another failed. The name is stored in the database.
 */
export const queueOf = ({ feature, listener }: Heard): string =>
  listener.queue ?? `${listener.fact}/${feature}`

export const listen = (heard: readonly Heard[]): Facts => {
  const by = <T>(kind: Listener['kind'], value: (each: Heard) => T) => {
    const ofKind = heard.filter(({ listener }) => listener.kind === kind)
    const found = Map.groupBy(ofKind, ({ listener }) => listener.fact)
    const values = new Map([...found].map(([name, list]) => [name, list.map(value)]))
    return (name: string): readonly T[] => values.get(name) ?? []
  }
  return { within: by('within', ({ listener }) => listener.run as Run<unknown>), after: by('after', queueOf) }
}
