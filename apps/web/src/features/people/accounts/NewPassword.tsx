import { accounts } from '@plausch/wire'
import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { notify } from '../../../browser/notices.ts'
import { goTo } from '../../../browser/path.ts'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { Entry } from '../../../platform/Entry.tsx'
import { session } from '../../../platform/session.ts'
import { Button } from '../../../ui/Button.tsx'
import form from '../../../ui/Form.module.css'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { PasswordField } from '../../../ui/PasswordField.tsx'

/** The page of the link in the mail: sets a new password. */
export const NewPassword = () => {
  const say = useText()
  const config = useSource(session.settings.config)
  const [token] = useState(() => new URLSearchParams(location.search).get('token') ?? '')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (password === '') {
      setProblem(say('account.passwordMissing'))
      return
    }
    setBusy(true)
    setProblem('')
    try {
      await session.call(accounts.resetPassword, { body: { token, new_password: password } })
      notify('done', say('reset.done'))
      goTo('/login', { replace: true })
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }

  const again = <Link to="/reset_password">{say('reset.again')}</Link>
  if (token === '')
    return (
      <Entry title={say('reset.newTitle')} lead={say('reset.noToken')}>
        {again}
      </Entry>
    )
  return (
    <Entry title={say('reset.newTitle')} lead={say('reset.newLead')} foot={again}>
      <form className={form.form} noValidate onSubmit={(event) => void submit(event)}>
        <FormProblem text={problem} />
        <PasswordField
          label={say('reset.newPassword')}
          hint={say('account.passwordHint', { min: Number(config.PasswordMinimumLength) || 8 })}
          name="new-password"
          autoComplete="new-password"
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {say('reset.submit')}
        </Button>
      </form>
    </Entry>
  )
}
