/** Which operations the official client has asked for, by the list of v4: the requests it sends are watched on their way. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Known = { tier: string; operation: string; pattern: RegExp }

const list: Known[] = readFileSync(
  join(import.meta.dirname, '../../../../docs/reference/v4-operations.tsv'),
  'utf8',
)
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [tier = '', , method = '', path = ''] = line.split('\t')
    const exact = path.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{\w+\}/g, '[^/]+')
    return {
      tier,
      operation: `${method} ${path.replace('/api/v4', '')}`,
      pattern: new RegExp(`^${method} ${exact}$`),
    }
  })

/** Where a fixed word and a parameter fit, the fixed word is meant. */
const byPrecision = list.toSorted((a, b) => a.operation.split('{').length - b.operation.split('{').length)

/** The operations of tiers A and B. */
export const needed: readonly string[] = list
  .filter(({ tier }) => tier === 'A' || tier === 'B')
  .map(({ operation }) => operation)

const asked = new Set<string>()

/** What has been asked since `watch`. */
export const operationsAsked = (): ReadonlySet<string> => asked

/** Notes every request of this process; returns how to stop. */
export const watch = (): (() => void) => {
  const { fetch } = globalThis
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const request = `${(init?.method ?? 'GET').toUpperCase()} ${url.pathname}`
    const known = byPrecision.find(({ pattern }) => pattern.test(request))
    if (known) asked.add(known.operation)
    return fetch(input, init)
  }
  return () => {
    globalThis.fetch = fetch
  }
}
