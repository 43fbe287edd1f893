import { accounts } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { session } from '../../../platform/session.ts'
import { MailForm } from './MailForm.tsx'

/** Asks for a mail with a link by which one sets a new password. */
export const ForgotPassword = () => {
  const say = useText()
  return (
    <MailForm
      title={say('reset.title')}
      lead={say('reset.lead')}
      submitLabel={say('reset.send')}
      sent={(email) => say('reset.sent', { email })}
      send={(email) => session.call(accounts.sendReset, { body: { email } })}
    />
  )
}
