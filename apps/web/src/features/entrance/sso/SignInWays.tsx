import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { leftService, session } from '../../../platform/session.ts'
import { waysIn } from '../../../platform/sign-in-ways.ts'
import { Button } from '../../../ui/Button.tsx'
import { addressOf, leaveFor } from './leaving.ts'
import styles from './SignInWays.module.css'

/** A button for each sign-in service; with an invitation, they make an account by it. */
export const SignInWays = ({ invitation }: { invitation?: Record<string, string> }) => {
  const say = useText()
  const config = useSource(session.settings.config)
  const [isElsewhere, setElsewhere] = useState(false)
  const leftFrom = useSource(leftService)
  // SAML has no such page here.
  const left = waysIn(config).find(({ service }) => service === leftFrom && service !== 'saml')
  const hasMoved = new URLSearchParams(location.search).get('extra') === 'signin_change'
  return (
    <section className={styles.ways} aria-label={say('sso.title')}>
      {hasMoved && <p role="status">{say('sso.moved')}</p>}
      {waysIn(config).map(({ service, name }) => (
        <Button key={service} onClick={() => setElsewhere(leaveFor(addressOf(service, invitation)))}>
          {say('sso.with', { name })}
        </Button>
      ))}
      {left && (
        <p>
          <a href={`/oauth/${left.service}/logout`}>{say('sso.signOutThere', { name: left.name })}</a>
        </p>
      )}
      {isElsewhere && <p role="status">{say('sso.elsewhere')}</p>}
    </section>
  )
}
