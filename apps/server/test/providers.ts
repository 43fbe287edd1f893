/** What the tests of sign-in services share: a server, a real provider of OpenID Connect, and people at it. */
import {
  type Mailbox,
  mailbox,
  type OidcProvider,
  type Place,
  place,
  startProvider,
  unique,
  type Visitor,
  visitor,
} from '@plausch/testkit'
import { settings, type User } from '@plausch/wire'
import { expect } from 'vitest'

type Box = Mailbox & { stop(): Promise<void> }

const LOGIN = '/oauth/openid/login'

export type Providing = {
  at: Place
  provider: OidcProvider
  /** Where letters of the server go. */
  box: Box
  config(body: Record<string, Record<string, unknown>>): Promise<unknown>
  /** A person at the provider; returns the id there. */
  person(name: string, claims?: Record<string, unknown>): string
  /** Opens an address of the server; returns where the browser is sent. */
  leave(browser: Visitor, path?: string): Promise<string>
  /** The whole way to the provider and back: the server's answer. */
  enter(browser: Visitor, path: string, sub: string | null): Promise<Response>
  /** The same in a new browser, with the address that brought it back, and the one that follows. */
  visit(
    sub: string | null,
    path?: string,
    browser?: Visitor,
  ): Promise<{ browser: Visitor; back: string; response: Response; to: string | undefined }>
  /** The account in whose name the browser is. */
  me(browser: Visitor): Promise<User>
  /** Somebody who has come in. */
  entered(sub: string, path?: string): Promise<User & { browser: Visitor }>
  stop(): Promise<void>
}

/** The id of what a page says went wrong. */
export const problemIn = (to: string | null | undefined): string | null =>
  new URLSearchParams(to?.split('?')[1]).get('id')

export const locationOf = (response: Response): string => response.headers.get('location') ?? ''

export const providing = async (): Promise<Providing> => {
  const [at, box] = await Promise.all([place(), mailbox()])
  const { url } = at.server
  const provider = await startProvider({
    redirectUris: ['openid', 'gitlab'].map((service) => `${url}/signup/${service}/complete`),
  })
  const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
  await config({
    ...box.settings,
    ServiceSettings: { ...box.settings.ServiceSettings, SiteURL: url, EnableEmailInvitations: true },
    OpenIdSettings: provider.settings,
    GuestAccountsSettings: { Enable: true },
  })
  const leave = async (browser: Visitor, path = LOGIN): Promise<string> =>
    browser.nextOf(`${url}${path}`, await browser.open(`${url}${path}`)) ?? expect.fail('no redirect')
  const visit: Providing['visit'] = async (sub, path = LOGIN, browser = visitor()) => {
    const back = await provider.enter(browser, await leave(browser, path), sub)
    const response = await browser.open(back)
    return { browser, back, response, to: browser.nextOf(url, response)?.replace(url, '') }
  }
  const me = async (browser: Visitor): Promise<User> =>
    (await (await browser.open(`${url}/api/v4/users/me`)).json()) as User
  return {
    ...{ at, provider, box, config, leave, visit, me },
    person(name, claims = {}) {
      const sub = unique(name)
      const email = `${sub}@lab.example`
      provider.people.set(sub, { email, email_verified: true, name: `${name} Test`, ...claims })
      return sub
    },
    enter: async (browser, path, sub) => (await visit(sub, path, browser)).response,
    async entered(sub, path) {
      const { browser, response } = await visit(sub, path)
      expect(response.status).toBe(302)
      return { ...(await me(browser)), browser }
    },
    async stop() {
      await Promise.all([at.stop(), box.stop()])
      await provider.stop()
    },
  }
}
