import { createHash } from 'node:crypto'
import { type Forger, startForger, unique, visitor } from '@plausch/testkit'
import { settings, sso } from '@plausch/wire'
import type { Draft, Preparations } from '../draft.ts'

const MOBILE = { redirect_to: 'mmauth://callback' }

/** The provider of all actors of a case, while at least one needs it. */
let shared: { forger: Promise<Forger>; users: number } | undefined

const open = async ({ scene }: Draft): Promise<Forger> => {
  const forger = await startForger()
  // Each provider has people of its own, and no two accounts have one address.
  forger.lies = { claims: { email: `${unique('liar')}@lab.example` } }
  await scene.owner.call(settings.patch, { body: { OpenIdSettings: forger.settings } })
  return forger
}

const withProvider = async (draft: Draft): Promise<Forger> => {
  shared ??= { forger: open(draft), users: 0 }
  const own = shared
  own.users += 1
  const forger = await own.forger
  draft.params.service = 'openid'
  draft.after = async () => {
    own.users -= 1
    if (own.users > 0) return
    shared = undefined
    await draft.scene.owner.call(settings.patch, { body: { OpenIdSettings: { Enable: false } } })
    await forger.stop()
  }
  return forger
}

const prepared = async (draft: Draft): Promise<void> => {
  await withProvider(draft)
}

/** The answer of a provider, in the browser in which the sign-in began. It ends on a page that we make. */
const answering = async (draft: Draft): Promise<void> => {
  await withProvider(draft)
  const browser = visitor()
  const url = `${draft.scene.at.server.url}/oauth/openid/mobile_login?${new URLSearchParams(MOBILE)}`
  const sent = new URL(browser.nextOf(url, await browser.open(url)) ?? '')
  // The forger repeats the code as the nonce.
  draft.query = {
    code: sent.searchParams.get('nonce') ?? '',
    state: sent.searchParams.get('state') ?? '',
  }
  draft.cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url')

/** A group that a sign-in service has named; only administrators know. */
const claimedGroup = async (draft: Draft): Promise<void> => {
  const id = unique('claimed').padEnd(26, 'x').slice(0, 26)
  await draft.scene.at.server.app.pool.run(
    `insert into sso_groups (id, service, value, name, seen_at) values ($1, 'openid', $2, $2, $3)`,
    [id, unique('/staff/optics'), Date.now()],
  )
  draft.params.claimed_group_id = id
}

export const ssoPreparations: Preparations = {
  'oidc.discover': async (draft) => {
    const { settings } = await withProvider(draft)
    draft.params = {}
    draft.body = { discovery_url: settings.DiscoveryEndpoint }
  },
  'oidc.login': prepared,
  'oidc.logout': prepared,
  'oidc.signUp': prepared,
  'oidc.mobileLogin': async (draft) => {
    await withProvider(draft)
    draft.query = MOBILE
  },
  'oidc.complete': answering,
  'oidc.completeLogin': answering,
  'oidc.completeOauth': answering,
  'oidc.completeV3': answering,
  'sso.linkGroup': claimedGroup,
  'sso.unlinkGroup': async (draft) => {
    await claimedGroup(draft)
    await draft.scene.owner.call(sso.linkGroup, {
      params: { claimed_group_id: draft.params.claimed_group_id ?? '' },
    })
  },
  'sso.exchangeCode': async (draft) => {
    const [login_code, code_verifier] = [unique('code'), unique('verifier')]
    await draft.scene.at.server.app.pool.run(
      `insert into sso_codes (code_hash, user_id, generation, challenge, app_state, expires_at)
       select $1, id, generation, $2, '', $3 from users where id = $4`,
      [hashOf(login_code), hashOf(code_verifier), Date.now() + 60_000, draft.scene.target.id],
    )
    draft.body = { login_code, code_verifier }
  },
}
