/**
 * The official client library's names for the operations of v4: calls its methods and records their requests
 * instead of sending them.
 */
import { join } from 'node:path'

const LIBRARY = '../apps/server/node_modules/@mattermost/client/lib/index.js'

type Asked = { method: string; path: string }
type Fetch = (url: string, options?: { method?: string }) => Promise<never>
type Library = { Client4: new () => Record<string, unknown> & { setUrl(url: string): void } }

/** Stands for every argument: works as a text in paths, and as an object or a list elsewhere. */
const anything: unknown = new Proxy(() => anything, {
  get: (_, key) => {
    if (key === Symbol.toPrimitive || key === 'toString') return () => 'x'
    if (key === Symbol.iterator) return function* () {}
    return key === 'then' || key === 'toJSON' ? undefined : anything
  },
})

/** The methods of the official client that make a request, with that request. */
export const officialNames = async (): Promise<Map<string, Asked>> => {
  const { Client4 } = (await import(join(import.meta.dirname, LIBRARY))) as Library
  const client = new Client4()
  const names = new Map<string, Asked>()
  let name = ''
  const note: Fetch = (url, { method = 'get' } = {}) => {
    const [path = ''] = url.split('?')
    if (name !== '' && !names.has(name)) names.set(name, { method: method.toUpperCase(), path })
    // Never answered, so nothing happens afterwards.
    return new Promise(() => {})
  }
  client.setUrl('')
  const sending = Object.keys(client).filter((key) => key.startsWith('doFetch'))
  for (const key of sending) client[key] = note
  for (const [key, value] of Object.entries(client)) {
    if (typeof value !== 'function' || sending.includes(key) || key.startsWith('set')) continue
    name = key
    try {
      void Promise.resolve(value(...Array(8).fill(anything))).catch(() => {})
    } catch {
      // It needs other arguments; it has no name here.
    }
    name = ''
  }
  return names
}
