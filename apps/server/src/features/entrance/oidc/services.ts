/** The providers that the settings name: one for each service of v4. */
import { type ProviderService, providerServices, type Settings } from '@plausch/wire'
import { Fault } from '../../../core/faults.ts'
import { isDiscoveryUrl, type ProviderTarget } from '../../../core/openid.ts'
import type { Server } from '../../../core/server.ts'

const sections = {
  gitlab: 'GitLabSettings',
  google: 'GoogleSettings',
  office365: 'Office365Settings',
  openid: 'OpenIdSettings',
} as const satisfies Record<ProviderService, keyof Settings>

export type Section = (typeof sections)[ProviderService]
export const sectionNames: readonly Section[] = Object.values(sections)

type Provider = ProviderTarget & { isOn: boolean; scope: string; usesPreferred: boolean }

/** Named in full: the page of settings lists what the code reads. */
const providersIn = ({
  GitLabSettings,
  GoogleSettings,
  Office365Settings,
  OpenIdSettings,
}: Settings): Record<ProviderService, Provider> => ({
  gitlab: {
    isOn: GitLabSettings.Enable,
    discoveryUrl: GitLabSettings.DiscoveryEndpoint,
    clientId: GitLabSettings.Id,
    secret: GitLabSettings.Secret,
    scope: GitLabSettings.Scope,
    usesPreferred: GitLabSettings.UsePreferredUsername,
  },
  google: {
    isOn: GoogleSettings.Enable,
    discoveryUrl: GoogleSettings.DiscoveryEndpoint,
    clientId: GoogleSettings.Id,
    secret: GoogleSettings.Secret,
    scope: GoogleSettings.Scope,
    usesPreferred: GoogleSettings.UsePreferredUsername,
  },
  office365: {
    isOn: Office365Settings.Enable,
    discoveryUrl: Office365Settings.DiscoveryEndpoint,
    clientId: Office365Settings.Id,
    secret: Office365Settings.Secret,
    scope: Office365Settings.Scope,
    usesPreferred: Office365Settings.UsePreferredUsername,
  },
  openid: {
    isOn: OpenIdSettings.Enable,
    discoveryUrl: OpenIdSettings.DiscoveryEndpoint,
    clientId: OpenIdSettings.Id,
    secret: OpenIdSettings.Secret,
    scope: OpenIdSettings.Scope,
    usesPreferred: OpenIdSettings.UsePreferredUsername,
  },
})

const providerOf = (server: Server, service: ProviderService): Provider =>
  providersIn(server.settings())[service]

const isService = (name: string): name is ProviderService => providerServices.some((each) => each === name)

export const isOn = (server: Server, service: ProviderService): boolean => {
  const { isOn: isWanted, clientId, discoveryUrl } = providerOf(server, service)
  return isWanted && clientId !== '' && isDiscoveryUrl(discoveryUrl)
}

/** The service of an address, if people can sign in by it now. */
export const serviceNamed = (server: Server, name: string): ProviderService => {
  if (!isService(name) || !isOn(server, name))
    throw new Fault('api.user.authorize_oauth_user.unsupported.app_error')
  return name
}

export const targetOf = (server: Server, service: ProviderService): ProviderTarget => {
  const { discoveryUrl, clientId, secret } = providerOf(server, service)
  return { discoveryUrl, clientId, secret }
}

/** Are usernames what the provider prefers, and not the beginning of the address? */
export const usesPreferred = (server: Server, service: ProviderService): boolean =>
  providerOf(server, service).usesPreferred

/**
 * The claim that names groups of this service; '' for none. Only that of `openid` counts: a name means nothing
 * without the provider, and to GitLab or Google anybody can come with a group.
 */
export const groupsClaimOf = (server: Server, service: ProviderService): string =>
  service === 'openid' ? server.settings().PlauschSettings.OpenIdGroupsClaim : ''

/** v4's scopes for its older protocol would give no token about the person. */
const NEEDED = 'openid profile email'

export const scopeOf = (server: Server, service: ProviderService): string => {
  const words = providerOf(server, service)
    .scope.split(/[\s,]+/)
    .filter((word) => word !== '')
  return words.includes('openid') ? words.join(' ') : NEEDED
}
