/**
 * A provider of OpenID Connect that lies as a test tells it, to show that its answers are refused. Nobody
 * signs in there: the code of an answer is the nonce that the address of the sign-in named.
 */
import { createSign, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Forger = {
  issuer: string
  settings: { Enable: true; Id: string; Secret: string; DiscoveryEndpoint: string }
  /** Replaces parts of the metadata, of the token about the person, and of its signature. */
  lies: {
    metadata?: Record<string, unknown>
    claims?: Record<string, unknown>
    signsWith?: 'own' | 'another' | 'nothing'
    userinfo?: Record<string, unknown>
    /** Answers a request for a token with this body. */
    token?: string
  }
  /** The bodies of the requests for tokens. */
  bodies: string[]
  stop(): Promise<void>
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

export const startForger = async (): Promise<Forger> => {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const another = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...own.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }

  const tokenFor = (claims: Record<string, unknown>, signsWith: Forger['lies']['signsWith']): string => {
    const alg = signsWith === 'nothing' ? 'none' : 'RS256'
    const text = `${base64({ alg, kid: 'one', typ: 'JWT' })}.${base64(claims)}`
    if (signsWith === 'nothing') return `${text}.`
    const key = signsWith === 'another' ? another.privateKey : own.privateKey
    return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const path = new URL(request.url ?? '/', forger.issuer).pathname
      if (path === '/token') forger.bodies.push(Buffer.concat(parts).toString('utf8'))
      response.setHeader('content-type', 'application/json')
      const nonce = new URLSearchParams(forger.bodies.at(-1)).get('code')
      const lie = path === '/token' ? forger.lies.token : undefined
      response.end(lie ?? JSON.stringify(say(path, nonce)))
    })
  })
  const say = (path: string, nonce: string | null): unknown => {
    const { issuer, lies } = forger
    const now = Math.floor(Date.now() / 1000)
    switch (path) {
      case '/.well-known/openid-configuration':
        return {
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          userinfo_endpoint: `${issuer}/me`,
          end_session_endpoint: `${issuer}/end`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          token_endpoint_auth_methods_supported: ['client_secret_post'],
          ...lies.metadata,
        }
      case '/jwks':
        return { keys: [jwk] }
      case '/me':
        return { sub: 'liar', ...lies.userinfo }
      case '/token': {
        const claims = {
          iss: issuer,
          aud: 'plausch',
          sub: 'liar',
          nonce,
          iat: now,
          exp: now + 300,
          email: 'liar@lab.example',
          email_verified: true,
          name: 'Lia Lügner',
          preferred_username: 'liar',
          ...lies.claims,
        }
        return { access_token: 'x', token_type: 'Bearer', id_token: tokenFor(claims, lies.signsWith) }
      }
      default:
        return {}
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const forger: Forger = {
    issuer,
    settings: {
      Enable: true,
      Id: 'plausch',
      Secret: 'a secret of the forger',
      DiscoveryEndpoint: `${issuer}/.well-known/openid-configuration`,
    },
    lies: {},
    bodies: [],
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return forger
}
