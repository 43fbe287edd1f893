/**
 * A proxy to the database that loses answers and questions, as happens on a network or when a server ends at
 * the wrong moment.
 */
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/**
 * `answer`: the database runs it, and nobody gets the answer. `question`: it never arrives. `word`: the
 * database runs it, and the connection stays open silently.
 */
export type Loss = 'answer' | 'question' | 'word'

export type Way = {
  url: string
  /**
   * On the first connection that sends `words`, loses its message that contains `at` (by default the same
   * words). Resolves when that has happened: for an answer, when the database has given it.
   */
  lose(what: Loss, words: string, at?: string): Promise<void>
  /** Blocks both directions until `thaw`. */
  freeze(): void
  thaw(): void
  /** Breaks all connections. */
  breakOff(): void
}

/** What PostgreSQL ends an answer with when no transaction is open. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])
const REMEMBERED = 100_000

type Watch = { what: Loss; words: string; at: string; done(): void }

/** Opens a proxy to the database at this address; it is closed after the test. */
export const wayTo = async (databaseUrl: string): Promise<Way> => {
  const real = new URL(databaseUrl)
  const folder = real.searchParams.get('host')
  const port = Number(real.port || 5432)
  const pairs = new Set<[Socket, Socket]>()
  const watches = new Set<Watch>()
  let isFrozen = false

  const server = createServer((near) => {
    const far = folder ? connect(join(folder, `.s.PGSQL.${port}`)) : connect(port, real.hostname)
    const pair: [Socket, Socket] = [near, far]
    pairs.add(pair)
    let said = ''
    let lost: Watch | undefined
    const breakOff = () => {
      near.destroy()
      far.destroy()
    }
    near.on('data', (bytes) => {
      if (lost?.what === 'word') return
      const text = bytes.toString('latin1')
      said = (said + text).slice(-REMEMBERED)
      const found = lost
        ? undefined
        : [...watches].find(({ words, at }) => said.includes(words) && text.includes(at))
      if (found) {
        lost = found
        watches.delete(found)
      }
      if (found?.what === 'question') {
        breakOff()
        found.done()
      } else far.write(bytes)
    })
    far.on('data', (bytes) => {
      if (!lost) near.write(bytes)
      else if (lost.what === 'word') lost.done()
      else if (bytes.includes(READY)) {
        breakOff()
        lost.done()
      }
    })
    near.on('error', breakOff).on('close', () => {
      // The database does not learn that nobody listens any more.
      if (lost?.what !== 'word') far.destroy()
    })
    far.on('error', breakOff).on('close', () => {
      pairs.delete(pair)
      near.destroy()
    })
    if (isFrozen) for (const each of pair) each.pause()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const breakOff = () => {
    for (const [near, far] of pairs) {
      near.destroy()
      far.destroy()
    }
  }
  onTestFinished(() => {
    breakOff()
    server.close()
  })
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as { port: number }).port)
  url.searchParams.delete('host')
  return {
    url: url.toString(),
    lose: (what, words, at = words) =>
      new Promise((done) => {
        watches.add({ what, words, at, done })
      }),
    freeze() {
      isFrozen = true
      for (const pair of pairs) for (const each of pair) each.pause()
    },
    thaw() {
      isFrozen = false
      for (const pair of pairs) for (const each of pair) each.resume()
    },
    breakOff,
  }
}
