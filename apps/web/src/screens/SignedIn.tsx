import { useEffect, useState } from 'react'
import { Redirect, Route, Switch, useLocation, useSearchParams } from 'wouter'
import { useSource } from '../browser/use-source.ts'
import { attempt, useText } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import { Busy } from '../ui/Busy.tsx'
import { Button } from '../ui/Button.tsx'
import { Entry } from './Entry.tsx'
import { entryOf, homeTeam } from './entry-of.ts'
import { Main } from './Main.tsx'
import { NotFound } from './NotFound.tsx'
import type { Wanted } from './use-place.ts'
import { Welcome } from './Welcome.tsx'

/** All pages after sign-in, by their path. */
export const SignedIn = () => {
  const [path] = useLocation()
  const teams = useSource(client.teams.sorted)
  if (path.startsWith('/signup_user_complete')) return <AcceptInvitation />
  if (path.startsWith('/login')) {
    const invited = new URLSearchParams(location.search).has('id')
    return <Redirect to={invited ? `/signup_user_complete${location.search}` : '/'} replace />
  }
  const home = homeTeam(teams)
  if (!home) return <Welcome />
  return (
    <Switch>
      <Route path="/">
        <Redirect to={entryOf(home)} replace />
      </Route>
      <Route path="/:team">{({ team }) => <InTeam name={team} wanted={undefined} />}</Route>
      <Route path="/:team/channels/:name">
        {({ team, name }) => <InTeam name={team} wanted={{ kind: 'channel', name }} />}
      </Route>
      <Route path="/:team/messages/:who">
        {({ team, who }) => (
          <InTeam
            name={team}
            wanted={
              who.startsWith('@')
                ? { kind: 'person', username: who.slice(1).toLowerCase() }
                : { kind: 'conversation', name: who }
            }
          />
        )}
      </Route>
      <Route path="/:team/pl/:post">
        {({ team, post }) => <InTeam name={team} wanted={{ kind: 'post', postId: post }} />}
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  )
}

/** `_redirect` is v4's word for "any team"; links in mails use it. */
const ANY_TEAM = '_redirect'

const InTeam = ({ name, wanted }: { name: string; wanted: Wanted | undefined }) => {
  const teams = useSource(client.teams.sorted)
  // Conversations are in no team: a link into one also works for people of other teams. The server decides
  // what people may see in a channel.
  const needsTeam = wanted === undefined || wanted.kind === 'channel'
  const team =
    teams.find((each) => each.name === name) ?? (name === ANY_TEAM || !needsTeam ? teams[0] : undefined)
  if (!team) return <NotFound />
  if (!wanted) return <Redirect to={entryOf(team)} replace />
  return <Main key={team.id} team={team} wanted={wanted} />
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
