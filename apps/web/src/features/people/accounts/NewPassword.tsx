import { accounts } from '@plausch/wire'
import { useState } from 'react'
import { Link } from 'wouter'
import { notify } from '../../../browser/notices.ts'
import { goTo } from '../../../browser/path.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { Entry } from '../../../platform/Entry.tsx'
import { session } from '../../../platform/session.ts'
import { Form } from '../../../ui/Form.tsx'
import { PasswordField } from '../../../ui/PasswordField.tsx'
import { useForm } from '../../../ui/use-form.ts'

/** The page of the link in the mail: sets a new password. */
export const NewPassword = () => {
  const say = useText()
  const config = useSource(session.settings.config)
  const [token] = useState(() => new URLSearchParams(location.search).get('token') ?? '')
  const form = useForm(
    { password: '' },
    {
      check: ({ password }) => ({ password: password === '' ? say('account.passwordMissing') : '' }),
      refusals: { 'model.user.is_valid.pwd': 'password' },
    },
  )
  const submit = form.checked(async ({ password }) => {
    await session.call(accounts.resetPassword, { body: { token, new_password: password } })
    notify('done', say('reset.done'))
    goTo('/login', { replace: true })
  })

  const again = <Link to="/reset_password">{say('reset.again')}</Link>
  if (token === '')
    return (
      <Entry title={say('reset.newTitle')} lead={say('reset.noToken')}>
        {again}
      </Entry>
    )
  return (
    <Entry title={say('reset.newTitle')} lead={say('reset.newLead')} foot={again}>
      <Form submit={submit} submitLabel={say('reset.submit')}>
        <PasswordField
          {...form.text('password')}
          label={say('reset.newPassword')}
          hint={say('account.passwordHint', { min: Number(config.PasswordMinimumLength) || 8 })}
          name="new-password"
          autoComplete="new-password"
          autoFocus
        />
      </Form>
    </Entry>
  )
}
