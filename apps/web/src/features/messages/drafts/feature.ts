import { client } from '../../../platform/client.ts'
import type { Feature } from '../../../platform/feature.ts'
import { later, whenIdle } from '../../../platform/later.ts'
import { here } from '../../../platform/place.ts'
import { DraftsLine } from './DraftsLine.tsx'

/** Loads what was begun and what is scheduled, of each team that is opened. */
const follow = (): (() => void) => {
  let opened = ''
  const open = (): void => {
    const teamId = here.get().team?.id ?? ''
    if (teamId === '' || teamId === opened) return
    opened = teamId
    whenIdle(() => {
      // Without a connection the device's own drafts are there; the page of drafts asks again.
      void Promise.all([client.drafts.open(teamId), client.scheduled.open(teamId)]).catch(() => undefined)
    }, 2000)
  }
  open()
  return here.subscribe(open)
}

/** What people begin to write, and the composer in which they write it. */
export const drafts: Feature = {
  name: 'drafts',
  rest: () => import('./rest.ts'),
  sidebar: [DraftsLine],
  pages: [
    {
      path: 'drafts',
      title: 'drafts.title',
      Screen: later(async () => (await import('./DraftsPage.tsx')).DraftsPage),
    },
  ],
  background: [follow],
}
