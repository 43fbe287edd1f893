import { Suspense, useEffect } from 'react'
import { goTo, path } from '../browser/path.ts'
import { useSource } from '../browser/use-source.ts'
import { features } from '../features/index.ts'
import { areTermsDue } from '../features/people/terms/due.ts'
import { Mention } from '../features/people/users/Mention.tsx'
import { client } from '../platform/client.ts'
import { install, loadRest } from '../platform/feature.ts'
import { later } from '../platform/later.ts'
import { here } from '../platform/place.ts'
import { referents } from '../platform/referents.tsx'
import { Busy } from '../ui/Busy.tsx'
import { loadWithOverlays } from '../ui/load-overlays.ts'
import { ReferentsContext } from '../ui/markdown/Markdown.tsx'
import { entryOf, homeTeam } from './entry-of.ts'
import { Main } from './Main.tsx'
import { Overlays } from './Overlays.tsx'

install(features)
// Menus are made of actions.
loadWithOverlays(loadRest)

const AcceptInvitation = later(async () => (await import('./AcceptInvitation.tsx')).AcceptInvitation)
const AcceptTerms = later(async () => (await import('../features/people/terms/AcceptTerms.tsx')).AcceptTerms)
const Console = later(async () => (await import('./Console.tsx')).loadConsole())
const TeamNotOpen = later(async () => (await import('./TeamNotOpen.tsx')).TeamNotOpen)
const Welcome = later(async () => (await import('./Welcome.tsx')).Welcome)
const allReferents = { ...referents, Mention }

/** Goes somewhere else; the back button does not lead here again. */
const Go = ({ to }: { to: string }) => {
  useEffect(() => goTo(to, { replace: true }), [to])
  return null
}

/** All pages after sign-in, by their path. */
export const SignedIn = () => (
  <Suspense fallback={<Busy />}>
    <Page />
  </Suspense>
)

const Page = () => {
  const current = useSource(path)
  const teams = useSource(client.teams.sorted)
  const { team, place } = useSource(here)
  const needsTerms = useSource(areTermsDue)
  if (current.startsWith('/signup_user_complete')) return <AcceptInvitation />
  if (current.startsWith('/login')) {
    const isInvited = new URLSearchParams(location.search).has('id')
    return <Go to={isInvited ? `/signup_user_complete${location.search}` : '/'} />
  }
  if (needsTerms) return <AcceptTerms />
  if (/^\/admin_console(\/|$)/.test(current)) return <Console />
  const home = homeTeam(teams)
  if (!home) return <Welcome />
  if (current === '/') return <Go to={entryOf(home)} />
  if (!team) return <TeamNotOpen key={current} path={current} />
  if (place.state === 'entry') return <Go to={entryOf(team)} />
  return (
    <ReferentsContext value={allReferents}>
      <Main key={team.id} team={team} />
      <Overlays />
    </ReferentsContext>
  )
}
