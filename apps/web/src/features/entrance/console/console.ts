import { Building2, UserSearch } from 'lucide-react'
import type { ConsolePage } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

export const pages: readonly ConsolePage[] = [
  {
    path: 'user_management/users',
    title: 'administration.people',
    icon: UserSearch,
    group: 'people',
    may: ['sysconsole_read_user_management_users'],
    finds: ['administration.peopleLead', 'administration.memberships', 'administration.signsIn'],
    Page: later(async () => (await import('./PeoplePage.tsx')).PeoplePage),
  },
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
