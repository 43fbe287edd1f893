import { FolderTree } from 'lucide-react'
import type { ConsolePage } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

export const pages: readonly ConsolePage[] = [
  {
    path: 'authentication/namespaces',
    title: 'namespaces.title',
    icon: FolderTree,
    group: 'signIn',
    may: ['manage_system'],
    finds: ['namespaces.lead', 'namespaces.rules', 'namespaces.tree', 'namespaces.mention'],
    Page: later(async () => (await import('./NamespacesPage.tsx')).NamespacesPage),
  },
]
