import { UserSearch } from 'lucide-react'
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
]
