import { FileKey } from 'lucide-react'
import type { ConsolePage } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

export const pages: readonly ConsolePage[] = [
  {
    path: 'authentication/saml',
    title: 'saml.title',
    icon: FileKey,
    group: 'signIn',
    may: ['manage_system'],
    finds: ['saml.lead', 'saml.own', 'saml.provider', 'saml.attributes', 'saml.keys', 'sso.domains'],
    Page: later(async () => (await import('./SamlPage.tsx')).SamlPage),
  },
]
