/** The sign-in services that this server offers, as its settings say. */
type Config = Readonly<Record<string, string>>

const services = [
  { service: 'openid', key: 'OpenId', name: 'OpenID Connect' },
  { service: 'gitlab', key: 'GitLab', name: 'GitLab' },
  { service: 'google', key: 'Google', name: 'Google' },
  { service: 'office365', key: 'Office365', name: 'Microsoft' },
] as const

const SAML = 'saml'

export type Way = { service: string; name: string }

/** Each with the name that the administrators gave it. */
export const waysIn = (config: Config): Way[] => [
  ...services
    .filter(({ key }) => config[`EnableSignUpWith${key}`] === 'true')
    .map(({ service, key, name }) => ({ service, name: config[`${key}ButtonText`] || name })),
  ...(config.EnableSaml === 'true' ? [{ service: SAML, name: config.SamlLoginButtonText || 'SAML' }] : []),
]
