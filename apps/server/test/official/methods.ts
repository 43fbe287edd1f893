/**
 * All methods of the official client, and the requests of each: calls them with made-up values, on a fake
 * network.
 */
import { Client4 } from '@mattermost/client'
import { operationOf } from './asked.ts'

/** A value that works as an id, a word, a list and a record. */
const anything = (): unknown => {
  const list = Object.assign(['xx'], { id: 'xx', name: 'xx', user_id: 'xx', channel_id: 'xx', team_id: 'xx' })
  const ofText = ['endsWith', 'trim', 'toLowerCase', 'replace', 'startsWith'] as const
  return Object.assign(list, Object.fromEntries(ofText.map((name) => [name, () => 'xx'])))
}

const MOST_ARGUMENTS = 10

/** The requests of a call that never reaches a server. */
const tryOut = async (client: Client4, name: string): Promise<{ asks: string[]; failure?: string }> => {
  const { fetch } = globalThis
  const asks: string[] = []
  globalThis.fetch = (input, init) => {
    const method = (init?.method ?? 'GET').toUpperCase()
    const { pathname } = new URL(input instanceof Request ? input.url : input, 'http://nowhere.invalid')
    asks.push(operationOf(method, pathname) ?? `${method} ${pathname}`)
    return Promise.reject(new Error('there is no network'))
  }
  try {
    const method = Reflect.get(client, name) as (...args: unknown[]) => unknown
    await Reflect.apply(method, client, Array.from({ length: MOST_ARGUMENTS }, anything))
    return { asks }
  } catch (error) {
    return { asks, failure: String(error) }
  } finally {
    globalThis.fetch = fetch
  }
}

export type Method = { name: string; asks: readonly string[] }

/** Every method, with its operations; none if it only builds URLs or sets something. */
export const allMethods = async (): Promise<Method[]> => {
  const names = new Set([
    ...Object.getOwnPropertyNames(Client4.prototype),
    ...Object.getOwnPropertyNames(new Client4()),
  ])
  const found: Method[] = []
  for (const name of names) {
    const client = new Client4()
    if (name === 'constructor' || typeof Reflect.get(client, name) !== 'function') continue
    client.setUrl('http://nowhere.invalid')
    client.setEnableLogging(true)
    const { asks, failure } = await tryOut(client, name)
    // A method that failed before its first request has not been tested.
    if (failure !== undefined && asks.length === 0) throw new Error(`${name}: ${failure}`)
    found.push({ name, asks })
  }
  return found
}
