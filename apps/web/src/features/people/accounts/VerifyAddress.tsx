import { accounts } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { problemOf, useText } from '../../../i18n/text.ts'
import { Entry } from '../../../platform/Entry.tsx'
import { session } from '../../../platform/session.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { MailForm } from './MailForm.tsx'

/** The page of the link in a mail: confirms that the address belongs to the reader. */
export const VerifyAddress = () => {
  const say = useText()
  const [state, setState] = useState<{ isDone: boolean; problem: string }>()

  useEffect(() => {
    const token = new URLSearchParams(location.search).get('token') ?? ''
    if (token === '') {
      setState({ isDone: false, problem: say('verify.noToken') })
      return
    }
    session.call(accounts.verify, { body: { token } }).then(
      () => setState({ isDone: true, problem: '' }),
      (error: unknown) => setState({ isDone: false, problem: problemOf(error) }),
    )
  }, [say])

  if (!state) return <Busy />
  if (state.isDone) {
    return (
      <Entry title={say('verify.done')} lead={say('verify.doneLead')}>
        <Link to="/">{say('verify.goOn')}</Link>
      </Entry>
    )
  }
  return (
    <Entry title={say('verify.failed')} lead={state.problem}>
      <Link to={`/should_verify_email${location.search}`}>{say('signIn.sendAgain')}</Link>
    </Entry>
  )
}

/** Sends the mail with that link again. */
export const VerifyAgain = () => {
  const say = useText()
  return (
    <MailForm
      title={say('verify.title')}
      lead={say('verify.lead')}
      submitLabel={say('verify.send')}
      sent={(email) => say('verify.sent', { email })}
      send={(email) => session.call(accounts.sendVerification, { body: { email } })}
    />
  )
}
