/// <reference path="./oidc-provider.d.ts" />
/**
 * A real provider of OpenID Connect for one test file, on loopback: `oidc-provider` with a page on which
 * people say who they are, or that they do not want to.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Visitor } from './visitor.ts'

/** What the provider says about a person; `sub` is the name by which they sign in there. */
export type Claims = Record<string, unknown>

export type OidcProvider = {
  issuer: string
  /** What an administrator enters, for any of the services. */
  settings: { Enable: true; Id: string; Secret: string; DiscoveryEndpoint: string }
  /** People who can sign in there, by name; changes take effect at once. */
  people: Map<string, Claims>
  /** The requests that came, as `METHOD path`, and the bodies of those for tokens. */
  asked: string[]
  /**
   * Signs a visitor in there: from the address to which our server sent them to the one where they are sent
   * back, which is not opened yet. `null` refuses.
   */
  enter(visitor: Visitor, url: string, name: string | null): Promise<string>
  /** Nobody answers any more, until `resume`. */
  pause(): Promise<void>
  resume(): Promise<void>
  stop(): Promise<void>
}

export type ProviderOptions = {
  /** The addresses where it may send people back. */
  redirectUris: readonly string[]
  /** Says claims only when asked for them with the token of access, not in the token about the person. */
  isTaciturn?: boolean
  /** These claims are never in the token about the person. */
  onlyTold?: readonly string[]
  port?: number
}

const CLIENT = 'plausch'
const SECRET = 'a secret of the provider'

const page = (uid: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in at the laboratory</title></head>
<body><main><h1>Sign in at the laboratory</h1>
<form method="post" action="/interaction/${uid}">
<p><label>Name <input name="name" autofocus></label></p>
<p><button name="do" value="enter">Sign in</button> <button name="do" value="refuse">Refuse</button></p>
</form></main></body></html>`

const bodyOf = async (request: IncomingMessage): Promise<URLSearchParams> => {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'))
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** The code of the provider, which knows its address. */
const makeProvider = async (
  issuer: string,
  people: Map<string, Claims>,
  { redirectUris, isTaciturn = false, onlyTold = [] }: ProviderOptions,
) => {
  const { default: Provider } = await import('oidc-provider')
  type Grant = { addOIDCScope(scope: string): void; save(): Promise<void> }
  type Context = {
    oidc: {
      provider: {
        Grant: {
          new (about: { clientId: string; accountId: string }): Grant
          find(id: string): Promise<Grant>
        }
      }
      client: { clientId: string }
      session: { accountId: string; grantIdFor(clientId: string): string | undefined }
    }
  }
  return new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT,
        client_secret: SECRET,
        redirect_uris: [...redirectUris],
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'given_name', 'family_name', 'preferred_username', 'nickname', 'locale', 'groups'],
    },
    conformIdTokenClaims: isTaciturn,
    cookies: { keys: ['a key of the tests'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: unknown, sub: string) => {
      const claims = people.get(sub)
      const said = (use: string) =>
        Object.entries(claims ?? {}).filter(([name]) => use === 'userinfo' || !onlyTold.includes(name))
      return (
        claims && { accountId: sub, claims: (use: string) => ({ sub, ...Object.fromEntries(said(use)) }) }
      )
    },
    // Nobody is asked whether Plausch may know them.
    loadExistingGrant: async ({ oidc }: Context) => {
      const { clientId } = oidc.client
      const known = oidc.session.grantIdFor(clientId)
      // A second grant would end the codes of the first.
      if (known) return await oidc.provider.Grant.find(known)
      const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session.accountId })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
  })
}

/** Starts a provider; `stop` ends it. */
export const startProvider = async (options: ProviderOptions): Promise<OidcProvider> => {
  const people = new Map<string, Claims>()
  const asked: string[] = []
  let provider: Awaited<ReturnType<typeof makeProvider>> | undefined

  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!provider) return
    const { uid } = await provider.interactionDetails(request, response)
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(page(uid))
      return
    }
    const form = await bodyOf(request)
    const result =
      form.get('do') === 'refuse'
        ? { error: 'access_denied', error_description: 'the person did not want to' }
        : { login: { accountId: form.get('name') ?? '' } }
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
  }

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    asked.push(`${request.method} ${request.url}`)
    if (request.url?.startsWith('/interaction/'))
      void interact(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
    else provider?.callback()(request, response)
  }
  let server = createServer(answer)
  const port = await listen(server, options.port ?? 0)
  const issuer = `http://127.0.0.1:${port}`
  provider = await makeProvider(issuer, people, options)

  return {
    issuer,
    settings: {
      Enable: true,
      Id: CLIENT,
      Secret: SECRET,
      DiscoveryEndpoint: `${issuer}/.well-known/openid-configuration`,
    },
    people,
    asked,
    async enter(visitor, url, name) {
      let at = await visitor.follow(url, (next) => !next.startsWith(issuer))
      if (at.response.status === 200) {
        const body = new URLSearchParams(name === null ? { do: 'refuse' } : { name, do: 'enter' })
        const posted = await visitor.open(at.url, { method: 'POST', body })
        at = await visitor.followFrom(at.url, posted, (next) => !next.startsWith(issuer))
      }
      const next = visitor.nextOf(at.url, at.response)
      if (next === undefined || next.startsWith(issuer))
        throw new Error(`the provider does not send back: ${at.response.status} ${await at.response.text()}`)
      return next
    },
    pause: () => close(server),
    async resume() {
      server = createServer(answer)
      await listen(server, port)
    },
    stop: () => close(server),
  }
}
