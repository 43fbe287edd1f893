/** A person who uses a server: calls with their session, and listens on a socket. */
import { type Api, ApiFault, createApi } from '@plausch/client'
import { type FaultCode, onboarding, sessions, type User } from '@plausch/wire'
import { expect } from 'vitest'
import { type Listener, listen } from './listener.ts'
import type { TestServer } from './server.ts'

export type Person = {
  id: string
  username: string
  user: User
  password: string
  api: Api
  call: Api['call']
  /** Opens a socket; it is closed after the test. */
  listen(): Promise<Listener>
  /** Raw requests with the person's token. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

const PASSWORD = 'correct horse battery'
let serial = 0
/** Looks `fetch` up at each call, because a probe may replace it. */
const late: typeof fetch = (input, init) => fetch(input, init)

/** A word that no other person, team or channel of the test run has. */
export const unique = (word: string): string => {
  serial += 1
  return `${word}${serial.toString(36)}${process.pid.toString(36)}`
}

const personOf = (server: TestServer, user: User, api: Api): Person => ({
  id: user.id,
  username: user.username,
  user,
  password: PASSWORD,
  api,
  call: api.call,
  listen: () => listen(server.url, api.token()),
  fetch: (path, init = {}) =>
    fetch(`${server.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${api.token()}`, ...init.headers },
    }),
})

/** Signs in with a password. */
export const signIn = async (server: TestServer, username: string, password = PASSWORD): Promise<Person> => {
  const api = createApi({ baseUrl: server.url, fetch: late })
  const user = await api.call(sessions.login, { body: { login_id: username, password } })
  return personOf(server, user, api)
}

/** Signs up and in; `iid` is a team's invite id. The first person of a server becomes its administrator. */
export const signUp = async (server: TestServer, name: string, iid = ''): Promise<Person> => {
  const username = unique(name)
  const api = createApi({ baseUrl: server.url, fetch: late })
  const body = { username, email: `${username}@example.org`, password: PASSWORD, first_name: name }
  await api.call(onboarding.signUp, { query: { iid }, body })
  return await signIn(server, username)
}

/** Somebody without a session. */
export const stranger = (server: TestServer): Api => createApi({ baseUrl: server.url, fetch: late })

/** Expects a call to be refused with this code. */
export const refused = async (code: FaultCode, attempt: Promise<unknown>): Promise<ApiFault> => {
  const fault = await attempt.then(
    (value) => expect.fail(`expected ${code}, but it was allowed: ${JSON.stringify(value)?.slice(0, 200)}`),
    (error: unknown) => error,
  )
  if (!(fault instanceof ApiFault)) throw fault
  expect(fault.id).toBe(code)
  return fault
}
