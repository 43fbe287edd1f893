/**
 * Changes that show at once and can be taken back: reactions, edits, deletions, pins, saved posts, what is
 * read. Each is stored, sent in order with the others of its object, and sent once. If the server refuses it,
 * it is undone and reported; if the server cannot be reached, it waits.
 */
import { ApiFault } from '../api.ts'
import { batch, Value } from '../source.ts'
import { createLanes } from './lanes.ts'
import type { Context } from './noun.ts'

/** A kind of change. `Data` is JSON: it outlives the page. */
export type ChangeKind<Data, Reply> = {
  name: string
  /** The object that is changed; its changes are sent one after the other. */
  objectOf(data: Data): string
  /** Shows the change; also called after a restart, when the object may not be known yet. */
  apply(data: Data, id: string): void
  /** Shows the object without the change. */
  undo(data: Data, id: string): void
  send(data: Data): Promise<Reply>
  /** The server has accepted it. */
  done(data: Data, reply: Reply, id: string): void
  /** Only the last of several that wait for the server matters, as with the new text of a post. */
  replacesEarlier?: boolean
}

export type Refusal = { kind: string; fault: ApiFault }

type Change = { id: string; object: string; kind: string; data: unknown; at: number }
type Outcome = { resolve(): void; reject(fault: ApiFault): void }
type AnyKind = ChangeKind<unknown, unknown>

export type Changes = {
  /**
   * Defines a kind of change; the result makes one. Its promise ends with the first attempt to send: it
   * rejects if the server refuses, and resolves if the change was accepted or waits.
   */
  kind<Data, Reply>(kind: ChangeKind<Data, Reply>): (data: Data) => Promise<void>
  /** How many changes the server does not have yet. */
  waiting: Value<number>
  /** Applies stored changes that this client does not have: after a restart, or of other tabs. */
  adopt(): Promise<void>
  /** The server is reachable again. */
  resume(): void
  putAside(): void
  forget(): void
  clear(): void
}

/** The context of nouns that people change. */
export type ChangingContext = Context & { changes: Changes }

const isChange = (value: unknown): value is Change =>
  typeof value === 'object' &&
  value !== null &&
  ['id', 'object', 'kind'].every((name) => typeof Reflect.get(value, name) === 'string') &&
  typeof Reflect.get(value, 'at') === 'number' &&
  'data' in value

const asFault = (error: unknown): ApiFault =>
  error instanceof ApiFault ? error : new ApiFault('client.broken', 400, String(error))

/** The changes that the server does not have yet, by object, oldest first. */
const createWaiting = () => {
  const byObject = new Map<string, Change[]>()
  const count = new Value(0)
  const of = (object: string): readonly Change[] => byObject.get(object) ?? []
  return {
    count,
    of,
    objects: () => [...byObject.keys()],
    add(change: Change): void {
      const { object } = change
      byObject.set(
        object,
        [...of(object), change].sort((a, b) => a.at - b.at),
      )
      count.set(count.get() + 1)
    },
    /** Returns false if it was taken out before. */
    remove({ id, object }: Change): boolean {
      const others = of(object).filter((each) => each.id !== id)
      if (others.length === of(object).length) return false
      if (others.length > 0) byObject.set(object, others)
      else byObject.delete(object)
      count.set(count.get() - 1)
      return true
    },
    clear(): void {
      byObject.clear()
      count.set(0)
    },
  }
}

/** The kinds, the changes that wait, and who hears how they end. */
const createLedger = (onRefused: (refusal: Refusal) => void) => {
  const kinds = new Map<string, AnyKind>()
  const waiting = createWaiting()
  const outcomes = new Map<string, Outcome>()
  const resolve = (id: string): void => {
    outcomes.get(id)?.resolve()
    outcomes.delete(id)
  }
  return {
    kinds,
    waiting,
    outcomes,
    resolve,
    refuse({ id, kind }: Change, fault: ApiFault): void {
      const outcome = outcomes.get(id)
      outcomes.delete(id)
      if (outcome) outcome.reject(fault)
      else onRefused({ kind, fault })
    },
    apply(change: Change): void {
      waiting.add(change)
      kinds.get(change.kind)?.apply(change.data, change.id)
    },
    /** Returns false if it was taken out before. */
    takeOut(change: Change): boolean {
      if (!waiting.remove(change)) return false
      kinds.get(change.kind)?.undo(change.data, change.id)
      return true
    },
    clear(): void {
      waiting.clear()
      for (const id of outcomes.keys()) resolve(id)
    },
  }
}

type Ledger = ReturnType<typeof createLedger>

/** Sends changes. `dropEarlier` takes out those of a kind that a newer one makes needless. */
const createSending = (context: Context, { kinds, waiting, resolve, refuse, takeOut }: Ledger) => {
  const sending = new Set<string>()

  const send = async (change: Change): Promise<boolean> => {
    const kind = kinds.get(change.kind)
    sending.add(change.id)
    try {
      const reply: unknown = await kind?.send(change.data)
      if (waiting.remove(change)) batch(() => kind?.done(change.data, reply, change.id))
      lanes.drop(change.id)
      resolve(change.id)
      return true
    } catch (error) {
      const fault = asFault(error)
      // After the session has ended, the person may sign in again.
      if (fault.isPassing || fault.status === 401) {
        // Those behind it wait, too.
        for (const { id } of waiting.of(change.object)) resolve(id)
        return false
      }
      takeOut(change)
      lanes.drop(change.id)
      refuse(change, fault)
      return true
    } finally {
      sending.delete(change.id)
    }
  }

  const give = (change: Change): void => {
    if (!takeOut(change)) return
    lanes.drop(change.id)
    resolve(change.id)
  }

  const lanes = createLanes<Change>(context, {
    table: 'changes',
    next(object) {
      const [first] = waiting.of(object)
      return first && { id: first.id, item: first }
    },
    send,
    // If the other tab was allowed to make it, its event brings it.
    gone: give,
  })

  return {
    lanes,
    dropEarlier(object: string, name: string): void {
      const earlier = waiting.of(object).filter(({ kind, id }) => kind === name && !sending.has(id))
      for (const change of earlier) give(change)
    },
  }
}

/** `onRefused` hears of changes that the server refused after their first attempt. */
export const createChanges = (context: Context, onRefused: (refusal: Refusal) => void): Changes => {
  const ledger = createLedger(onRefused)
  const { kinds, waiting, outcomes, apply } = ledger
  const { lanes, dropEarlier } = createSending(context, ledger)
  let last = 0

  const make = (kind: AnyKind, data: unknown): Promise<void> => {
    const object = kind.objectOf(data)
    last = Math.max(context.now(), last + 1)
    const random = Math.random().toString(36).slice(2, 8)
    const change = { id: `${last}-${random}`, object, kind: kind.name, data, at: last }
    return new Promise((resolve, reject) => {
      outcomes.set(change.id, { resolve, reject })
      batch(() => {
        if (kind.replacesEarlier) dropEarlier(object, kind.name)
        apply(change)
      })
      lanes.add(object, change.id, change)
    })
  }

  return {
    kind<Data, Reply>(definition: ChangeKind<Data, Reply>) {
      const kind = definition as unknown as AnyKind
      kinds.set(kind.name, kind)
      return (data: Data) => make(kind, data)
    },
    waiting: waiting.count,
    async adopt() {
      const stored = [...(await lanes.stored()).values()]
        .filter(isChange)
        .filter(({ kind }) => kinds.has(kind))
      batch(() => {
        for (const change of stored.sort((a, b) => a.at - b.at)) {
          last = Math.max(last, change.at)
          if (!waiting.of(change.object).some(({ id }) => id === change.id)) apply(change)
        }
      })
    },
    resume() {
      for (const object of waiting.objects()) lanes.flush(object)
    },
    putAside: lanes.putAside,
    forget: lanes.forget,
    clear() {
      lanes.clear()
      ledger.clear()
    },
  }
}
