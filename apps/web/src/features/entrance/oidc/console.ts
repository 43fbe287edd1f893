import { Fingerprint } from 'lucide-react'
import type { ConsolePage } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

export const pages: readonly ConsolePage[] = [
  {
    path: 'authentication/openid',
    title: 'oidc.title',
    icon: Fingerprint,
    group: 'signIn',
    may: ['manage_system'],
    finds: ['oidc.lead', 'oidc.redirect', 'oidc.discovery', 'oidc.secret', 'sso.domains'],
    Page: later(async () => (await import('./OpenIdPage.tsx')).OpenIdPage),
  },
]
