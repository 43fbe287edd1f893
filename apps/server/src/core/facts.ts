/**
 * Facts: how a feature tells those above it what happened. Declared in the emitter's events.ts; listeners stand in the listener's
 * events.ts. `within` runs in the same transaction and may refuse; `after` is stored as a job by that transaction and must bear repetition.
 */
import type { Context } from './context.ts'

declare const payload: unique symbol

/** A fact has a name, noun first and past tense, and carries a payload of type P (plain JSON if anybody listens `after`). */
export type Fact<P> = { readonly name: string; readonly [payload]?: P }

export const fact = <P>(name: string): Fact<P> => ({ name })

type Run<P> = (context: Context, payload: P) => Promise<void>

export type Listener = { fact: string; kind: 'within' | 'after'; run: Run<never> }

export const within = <P>(fact: Fact<P>, run: Run<P>): Listener => ({ fact: fact.name, kind: 'within', run })

export const after = <P>(fact: Fact<P>, run: Run<P>): Listener => ({ fact: fact.name, kind: 'after', run })

/** Who listens to what, in the order of the ranked list. */
export type Facts = {
  within(name: string): readonly Run<unknown>[]
  after(name: string): readonly Run<unknown>[]
}

export const listen = (listeners: readonly Listener[]): Facts => {
  const find = (kind: Listener['kind']) => {
    const found = Map.groupBy(
      listeners.filter((listener) => listener.kind === kind),
      (listener) => listener.fact,
    )
    return (name: string) => (found.get(name) ?? []).map(({ run }) => run as Run<unknown>)
  }
  return { within: find('within'), after: find('after') }
}
