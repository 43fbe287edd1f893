/** A look at a provider before it is connected, for administrators. */
import type { InputOf, oidc, ProviderMetadata } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { isDiscoveryUrl, metadataAt, ProviderDown, ProviderRefusal } from '../../../core/openid.ts'

export const mayDiscover = ({ actor }: Context): void => {
  if (!actor.can('manage_system')) throw new Fault('api.context.permissions.app_error')
}

/** What others send can be anything, also in a list of texts. */
const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string').slice(0, MOST) : []
const MOST = 100

export const discover = async (
  { server }: Context,
  { body }: InputOf<typeof oidc.discover>,
): Promise<ProviderMetadata> => {
  if (!isDiscoveryUrl(body.discovery_url)) throw new Fault('sso.discovery_address')
  try {
    const found = await metadataAt(server, body.discovery_url)
    const { issuer, authorization_endpoint = '', token_endpoint = '', userinfo_endpoint = '' } = found
    return {
      issuer,
      authorization_endpoint,
      token_endpoint,
      userinfo_endpoint,
      scopes: textsIn(found.scopes_supported),
      claims: textsIn(found.claims_supported),
    }
  } catch (error) {
    if (error instanceof ProviderDown || error instanceof ProviderRefusal)
      throw new Fault('sso.discovery_failed', { reason: error.message }, error)
    throw error
  }
}
