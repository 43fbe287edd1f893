import { Building2 } from 'lucide-react'
import type { ConsolePage } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

export const pages: readonly ConsolePage[] = [
  {
    path: 'site_config/customization',
    title: 'organisation.title',
    icon: Building2,
    group: 'organisation',
    may: ['manage_system'],
    finds: [
      ...(['organisation.lead', 'organisation.name', 'organisation.helpDesk', 'organisation.mail'] as const),
      ...(['organisation.pages', 'organisation.imprint', 'organisation.privacy'] as const),
      ...(['organisation.accessibility', 'organisation.seats'] as const),
    ],
    Page: later(async () => (await import('./OrganisationPage.tsx')).OrganisationPage),
  },
]
