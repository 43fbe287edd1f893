import type { User } from '@plausch/wire'
import { type FormEvent, useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Row } from '../../../platform/settings/Rows.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import styles from './Profiles.module.css'

/** The address: a new one needs the password, because with it others could take over the account. */
export const EmailRow = ({ me }: { me: User }) => {
  const say = useText()
  const [isOpen, setOpen] = useState(false)
  const isManaged = me.auth_service !== ''
  return (
    <Row finds={['people.email', 'profile.changeEmail']}>
      {isOpen ? (
        <EmailForm me={me} done={() => setOpen(false)} />
      ) : (
        <>
          <Field
            label={say('people.email')}
            value={me.email}
            readOnly
            hint={isManaged ? say('profile.managed') : undefined}
          />
          {!isManaged && (
            <Button kind="quiet" onClick={() => setOpen(true)}>
              {say('profile.changeEmail')}
            </Button>
          )}
        </>
      )}
    </Row>
  )
}

const EmailForm = ({ me, done }: { me: User; done(): void }) => {
  const say = useText()
  const [email, setEmail] = useState(me.email)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  const save = async (): Promise<void> => {
    setBusy(true)
    setProblem('')
    try {
      const second = me.mfa_active ? { mfa_code: code.replace(/\s/g, '') } : {}
      const after = await client.users.patchMe({ email: email.trim(), password, ...second })
      notify('done', say(after.email === email.trim() ? 'profile.emailChanged' : 'profile.emailSent'))
      done()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!/^\S+@\S+$/.test(email.trim())) setProblem(say('profile.emailWrong'))
    else if (password === '') setProblem(say('account.passwordMissing'))
    else void save()
  }
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <FormProblem text={problem} />
      <Field
        label={say('profile.newEmail')}
        type="email"
        autoComplete="email"
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Field
        label={say('security.currentPassword')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {me.mfa_active && (
        <Field
          label={say('security.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      )}
      <div className={styles.buttons}>
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {say('profile.changeEmail')}
        </Button>
        <Button onClick={done}>{say('action.cancel')}</Button>
      </div>
    </form>
  )
}
