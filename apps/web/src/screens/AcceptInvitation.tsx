import { useEffect, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { attempt, useText } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import { Entry } from '../platform/Entry.tsx'
import { Busy } from '../ui/Busy.tsx'
import { Button } from '../ui/Button.tsx'

/** A person with an account opened an invite link: they join the team and enter it. */
export const AcceptInvitation = () => {
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
