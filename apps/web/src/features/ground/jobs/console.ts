import { ListTodo } from 'lucide-react'
import type { ConsolePage } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

export const pages: readonly ConsolePage[] = [
  {
    path: 'reporting/jobs',
    title: 'job.title',
    icon: ListTodo,
    group: 'running',
    may: ['read_jobs', 'read_ldap_sync_job'],
    finds: ['job.lead', 'job.type.ldap_sync'],
    Page: later(async () => (await import('./JobsPage.tsx')).JobsPage),
  },
]
