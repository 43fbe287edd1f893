import { BookUser } from 'lucide-react'
import type { ConsolePage } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

export const pages: readonly ConsolePage[] = [
  {
    path: 'authentication/ldap',
    title: 'directory.title',
    icon: BookUser,
    group: 'signIn',
    may: ['sysconsole_read_authentication_ldap'],
    finds: [
      ...(['directory.lead', 'directory.connection', 'directory.people', 'directory.passes'] as const),
      ...(['directory.server', 'directory.userFilter', 'directory.held'] as const),
    ],
    Page: later(async () => (await import('./DirectoryPage.tsx')).DirectoryPage),
  },
]
