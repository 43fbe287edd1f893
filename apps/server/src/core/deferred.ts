/**
 * Parts of a reply that are loaded when the reply reaches them. A page of 200 posts with large properties
 * takes 50 MB or more as a whole; written part by part, it takes as much memory as its largest part.
 */
import { randomBytes } from 'node:crypto'

/** Marks the place of a part in the JSON. It is random, so that nobody can write it into a message. */
const MARK = randomBytes(16).toString('hex')
const PLACES = new RegExp(`"${MARK}:(\\d+):[^"]*"`)

/** Per process: the parts of the reply that is being built in this turn. */
let collected: Deferred[] | undefined

/**
 * Approximate memory of a part: `held` until the reply is finished, `loaded` while the part itself is
 * written.
 */
export type Bytes = { held: number; loaded: number }

/** A JSON value that is loaded later. Only `skeletonOf` can serialise it; `JSON.stringify` alone throws. */
export class Deferred {
  /** Identifies the value, for validators of the whole reply: letters, digits and `-` only. */
  readonly version: string
  readonly bytes: Bytes
  readonly #load: () => AsyncIterable<string>

  /** `load` yields the JSON of the value in pieces. */
  constructor(version: string, bytes: Bytes, load: () => AsyncIterable<string>) {
    this.version = version
    this.bytes = bytes
    this.#load = load
  }

  load(): AsyncIterable<string> {
    return this.#load()
  }

  toJSON(): string {
    if (!collected) throw new Error('a deferred value can stand only in the reply of an operation')
    collected.push(this)
    return `${MARK}:${collected.length - 1}:${this.version}`
  }
}

/** JSON with marks in it, and the parts that replace them, in order. */
export type Skeleton = { text: string; parts: readonly Deferred[] }

/** Serialises a value as JSON, without its deferred parts. */
export const skeletonOf = (value: unknown): Skeleton => {
  const parts: Deferred[] = []
  collected = parts
  try {
    return { text: JSON.stringify(value), parts }
  } finally {
    collected = undefined
  }
}

/** The whole JSON in pieces; each part is loaded when the output reaches it. */
export async function* piecesOf({ text, parts }: Skeleton): AsyncGenerator<string> {
  if (parts.length === 0) {
    yield text
    return
  }
  const between = text.split(PLACES)
  // Text and the numbers of parts alternate.
  for (const [index, piece] of between.entries()) {
    if (index % 2 === 0) yield piece
    else yield* parts[Number(piece)]?.load() ?? []
  }
}
