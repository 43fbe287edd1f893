/**
 * Records what the official client asks for: which of its methods were called, and to which operations of
 * v4's list they led. It watches the requests on their way.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client4 } from '@mattermost/client'

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

/** If a fixed word and a parameter both match, the fixed word is meant. */
const byPrecision = list.toSorted((a, b) => a.operation.split('{').length - b.operation.split('{').length)

const isNeeded = ({ tier }: Known) => tier === 'A' || tier === 'B'

/** The operations of tiers A and B. */
export const needed: readonly string[] = list.filter(isNeeded).map(({ operation }) => operation)

/** The operation of a request; undefined if v4's list does not have it. */
export const operationOf = (method: string, path: string): string | undefined =>
  byPrecision.find(({ pattern }) => pattern.test(`${method.toUpperCase()} ${path}`))?.operation

const asked = new Set<string>()

/** The operations requested since `watch`. */
export const operationsAsked = (): ReadonlySet<string> => asked

const called = new Map<string, Set<string>>()

/** The methods called, with the operations of each. */
export const methodsCalled = (): ReadonlyMap<string, ReadonlySet<string>> => called

/** The answer of a method of the client. */
export type Answered = { name: string; value: unknown }

const answers: Answered[] = []

/** The answers of all methods since the start. */
export const answersOf = (): readonly Answered[] => answers

const underWay = new AsyncLocalStorage<Set<string>>()

/** The same client with recorded calls; methods that call other methods count once. */
export const noted = (client: Client4): Client4 =>
  new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function' || typeof name !== 'string') return value
      return (...args: unknown[]) => {
        const operations = called.get(name) ?? new Set<string>()
        called.set(name, operations)
        const answer = underWay.run(operations, () => Reflect.apply(value, target, args) as unknown)
        // A copy, because the caller may change it.
        if (answer instanceof Promise)
          answer.then(
            (each: unknown) => answers.push({ name, value: JSON.parse(JSON.stringify(each) ?? 'null') }),
            () => undefined,
          )
        return answer
      }
    },
  })

/** Records every request of this process; returns a function that stops it. */
export const watch = (): (() => void) => {
  const { fetch } = globalThis
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const method = init?.method ?? 'GET'
    const operation = operationOf(method, url.pathname)
    if (operation) asked.add(operation)
    underWay.getStore()?.add(operation ?? `${method} ${url.pathname}`)
    return fetch(input, init)
  }
  return () => {
    globalThis.fetch = fetch
  }
}
