import { accounts } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { goTo } from '../../../browser/path.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { Entry } from '../../../platform/Entry.tsx'
import { session } from '../../../platform/session.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { began, forgetSecret, handoverOf } from './desktop.ts'

/** The page `/login/desktop`: in the browser it leads back to the desktop app, in the app it signs in. */
export const DesktopSignIn = () => {
  const say = useText()
  const [handover] = useState(() => handoverOf(location))
  const [isApp] = useState(() => handover !== undefined && began(handover))
  const [problem, setProblem] = useState('')

  useEffect(() => {
    if (!handover) return
    if (!isApp) {
      location.assign(handover.appUrl)
      return
    }
    forgetSecret()
    session.call(accounts.desktopLogin, { body: { token: handover.serverToken } }).then(
      () => {
        session.start()
        goTo(handover.next, { replace: true })
      },
      (error: unknown) => setProblem(problemOf(error)),
    )
  }, [handover, isApp])

  if (!handover || problem !== '')
    return (
      <Entry title={say('desktop.failed')} lead={problem || say('desktop.incomplete')}>
        <a href="/login">{say('reset.toSignIn')}</a>
      </Entry>
    )
  if (isApp) return <Busy />
  return (
    <Entry title={say('desktop.title')} lead={say('desktop.lead')}>
      <a href={handover.appUrl}>{say('desktop.open')}</a>
    </Entry>
  )
}
