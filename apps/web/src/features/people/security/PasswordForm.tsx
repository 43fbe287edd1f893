import { passwords as operations } from '@plausch/wire'
import { type FormEvent, useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import styles from './Security.module.css'

/** A new password. It ends the account's other sessions. */
export const PasswordForm = () => {
  const say = useText()
  const me = useSource(client.me)
  const least = Number(useSource(client.settings.config).PasswordMinimumLength) || 8
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  const save = async (): Promise<void> => {
    setBusy(true)
    setProblem('')
    try {
      await client.call(operations.change, {
        params: { user_id: client.myId.get() },
        body: { current_password: current, new_password: next },
      })
      setCurrent('')
      setNext('')
      notify('done', say('security.passwordChanged'))
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (current === '' || next === '') setProblem(say('security.passwordsMissing'))
    else void save()
  }
  return (
    <Disclosure title={say('security.password')}>
      <form className={styles.form} noValidate onSubmit={submit}>
        <FormProblem text={problem} />
        {/* Password managers need to know whose password it is. */}
        <input hidden readOnly autoComplete="username" value={me?.username ?? ''} />
        <Field
          label={say('security.currentPassword')}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <Field
          label={say('security.newPassword')}
          hint={say('account.passwordHint', { min: least })}
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={(event) => setNext(event.target.value)}
        />
        <div>
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {say('security.changePassword')}
          </Button>
        </div>
      </form>
    </Disclosure>
  )
}
