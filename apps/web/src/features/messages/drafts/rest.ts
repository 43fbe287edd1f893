/** The way to the drafts. */
import { FilePen } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { toPage } from '../../../platform/navigation.ts'

export const actions: readonly Action[] = [
  action({
    on: 'app',
    name: 'drafts.show',
    label: 'drafts.title',
    icon: FilePen,
    run: () => toPage('drafts'),
  }),
]
