/**
 * Records with changes on top that the server does not know yet. What others read is the record with its
 * changes; what the server sends goes below them. Without its changes, a record is again what the server says.
 */
import { batch, Collection } from './source.ts'

/** Shows a record with a change: a pure function. Without a record, it may show one all the same. */
export type Show<V> = (record: V | undefined) => V | undefined

type Layers<V> = { base: V | undefined; shows: Map<string, Show<V>> }

export class Layered<V> extends Collection<V> {
  readonly #layers = new Map<string, Layers<V>>()

  /** The record as the server knows it. */
  override base(key: string): V | undefined {
    const layers = this.#layers.get(key)
    return layers ? layers.base : this.one(key)
  }

  override set(key: string, record: V): void {
    const layers = this.#layers.get(key)
    if (!layers) {
      super.set(key, record)
      return
    }
    if (Object.is(layers.base, record)) return
    layers.base = record
    this.#show(key, layers)
  }

  override update(key: string, change: (record: V) => V): void {
    const record = this.base(key)
    if (record !== undefined) this.set(key, change(record))
  }

  override delete(key: string): void {
    const layers = this.#layers.get(key)
    if (!layers) {
      super.delete(key)
      return
    }
    layers.base = undefined
    this.#show(key, layers)
  }

  override replace(records: ReadonlyMap<string, V>): void {
    batch(() => {
      for (const key of this.#layers.keys()) if (!records.has(key)) this.delete(key)
      super.replace(records)
    })
  }

  override clear(): void {
    this.#layers.clear()
    super.clear()
  }

  /** Is there a change on a record? */
  isLaid(key: string): boolean {
    return this.#layers.has(key)
  }

  /** Lays a change on a record, also on one that is not known yet. */
  lay(id: string, key: string, show: Show<V>): void {
    const layers = this.#layers.get(key) ?? { base: this.one(key), shows: new Map() }
    this.#layers.set(key, layers)
    layers.shows.set(id, show)
    this.#show(key, layers)
  }

  /** Takes a change away; with `keeps`, the record has it from now on. */
  lift(id: string, key: string, keeps = false): void {
    const layers = this.#layers.get(key)
    const show = layers?.shows.get(id)
    if (!layers || !show) return
    layers.shows.delete(id)
    if (keeps) layers.base = show(layers.base)
    this.#show(key, layers)
    if (layers.shows.size === 0) this.#layers.delete(key)
  }

  #show(key: string, { base, shows }: Layers<V>): void {
    let shown = base
    for (const show of shows.values()) shown = show(shown)
    if (shown === undefined) super.delete(key)
    else super.set(key, shown)
    this.noteKey(key)
  }
}
