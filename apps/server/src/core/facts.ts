/**
 * Facts: how a feature tells those above it what happened. Declared in the emitter's events.ts; listeners stand in the listener's
 * events.ts. `within` runs in the same transaction and may refuse; `after` is stored as a job by that transaction and must bear repetition.
 */
import type { Queue } from './queue.ts'
import type { Fact, Facts, Run } from './server.ts'

export const fact = <P>(name: string): Fact<P> => ({ name })

export type Listener = { fact: string; kind: 'within' | 'after'; run: Run<never>; queue?: string }

export const within = <P>(fact: Fact<P>, run: Run<P>): Listener => ({ fact: fact.name, kind: 'within', run })

export const after = <P>(fact: Fact<P>, run: Run<P>): Listener => ({ fact: fact.name, kind: 'after', run })

/**
 * The same by a queue of the listener's own, which gets the payloads of several facts together. It is mounted
 * in `Feature.queues`.
 */
export const afterIn = <P>(fact: Fact<P>, queue: Queue<P>): Listener => ({
  fact: fact.name,
  kind: 'after',
  run: async () => undefined,
  queue: queue.name,
})

/** A listener and the feature whose it is. */
export type Heard = { feature: string; listener: Listener }

/**
 * Each listener `after` has a queue of its own, so one that fails or is slow holds no other up, and none runs
 * again because another failed. The name stands in the database.
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
