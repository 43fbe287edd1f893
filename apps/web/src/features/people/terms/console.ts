import { ScrollText } from 'lucide-react'
import type { ConsolePage } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

export const pages: readonly ConsolePage[] = [
  {
    path: 'compliance/custom_terms_of_service',
    title: 'terms.title',
    icon: ScrollText,
    group: 'organisation',
    may: ['manage_system'],
    finds: ['termsVersions.lead', 'termsVersions.text', 'termsVersions.asking', 'termsVersions.versions'],
    Page: later(async () => (await import('./VersionsPage.tsx')).VersionsPage),
  },
]
