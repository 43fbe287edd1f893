import { Suspense, useEffect, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { goTo, path } from '../browser/path.ts'
import { useSource } from '../browser/use-source.ts'
import { features } from '../features/index.ts'
import { areTermsDue } from '../features/people/terms/due.ts'
import { attempt, useText } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import { Entry } from '../platform/Entry.tsx'
import { install } from '../platform/feature.ts'
import { later } from '../platform/later.ts'
import { here } from '../platform/place.ts'
import { referents } from '../platform/referents.tsx'
import { Busy } from '../ui/Busy.tsx'
import { Button } from '../ui/Button.tsx'
import { ReferentsContext } from '../ui/markdown/Markdown.tsx'
import { entryOf, homeTeam } from './entry-of.ts'
import { Main } from './Main.tsx'
import { NotFound } from './NotFound.tsx'
import { Overlays } from './Overlays.tsx'
import { Welcome } from './Welcome.tsx'

install(features)

const AcceptTerms = later(async () => (await import('../features/people/terms/AcceptTerms.tsx')).AcceptTerms)

/** Goes somewhere else; the back button does not lead here again. */
const Go = ({ to }: { to: string }) => {
  useEffect(() => goTo(to, { replace: true }), [to])
  return null
}

/** All pages after sign-in, by their path. */
export const SignedIn = () => {
  const current = useSource(path)
  const teams = useSource(client.teams.sorted)
  const { team, place } = useSource(here)
  const needsTerms = useSource(areTermsDue)
  if (current.startsWith('/signup_user_complete')) return <AcceptInvitation />
  if (current.startsWith('/login')) {
    const isInvited = new URLSearchParams(location.search).has('id')
    return <Go to={isInvited ? `/signup_user_complete${location.search}` : '/'} />
  }
  if (needsTerms)
    return (
      <Suspense fallback={<Busy />}>
        <AcceptTerms />
      </Suspense>
    )
  const home = homeTeam(teams)
  if (!home) return <Welcome />
  if (current === '/') return <Go to={entryOf(home)} />
  if (!team) return <NotFound />
  if (place.state === 'entry') return <Go to={entryOf(team)} />
  return (
    <ReferentsContext value={referents}>
      <Main key={team.id} team={team} />
      <Overlays />
    </ReferentsContext>
  )
}

/** A person with an account opened an invite link: they join the team and enter it. */
const AcceptInvitation = () => {
  const say = useText()
  const [, navigate] = useLocation()
  const [params] = useSearchParams()
  const [isRefused, setRefused] = useState(false)
  const inviteId = params.get('id') ?? ''

  useEffect(() => {
    if (inviteId === '') {
      navigate('/', { replace: true })
      return
    }
    void attempt(async () => {
      const member = await client.teams.joinByInvite(inviteId)
      const team = client.teams.records.one(member.team_id)
      navigate(team ? `/${team.name}` : '/', { replace: true })
    }).then((done) => setRefused(!done))
  }, [inviteId, navigate])

  if (!isRefused) return <Busy />
  return (
    <Entry title={say('signUp.invalidTitle')} lead={say('signUp.invalidLead')}>
      <Button kind="primary" onClick={() => navigate('/', { replace: true })}>
        {say('notFound.home')}
      </Button>
    </Entry>
  )
}
