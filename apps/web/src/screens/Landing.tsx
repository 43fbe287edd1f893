import { useEffect } from 'react'
import { goTo, ownPath } from '../browser/path.ts'

/** `/landing#/team/pl/…`, as v4's mails link: leads on at once, without asking for an app. */
export const Landing = () => {
  useEffect(() => goTo(ownPath(location.hash.slice(1)), { replace: true }), [])
  return null
}
