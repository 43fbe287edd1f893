import { type FormEvent, useState } from 'react'
import { problemOf, useText } from '../../../i18n/text.ts'
import { session } from '../../../platform/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import form from '../../../ui/Form.module.css'
import { FormProblem } from '../../../ui/FormProblem.tsx'

/** E-mail or username, and the password. The form does not tell which of them is wrong. */
export const SignInForm = () => {
  const say = useText()
  const [loginId, setLoginId] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  const submit = async (): Promise<void> => {
    if (loginId.trim() === '' || password === '') {
      setProblem(say('signIn.incomplete'))
      return
    }
    setBusy(true)
    setProblem('')
    try {
      await session.signIn(loginId.trim(), password)
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    void submit()
  }

  return (
    <form className={form.form} noValidate onSubmit={onSubmit}>
      <FormProblem text={problem} />
      <Field
        label={say('signIn.loginId')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={loginId}
        onChange={(event) => setLoginId(event.target.value)}
      />
      <Field
        label={say('signIn.password')}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {say('signIn.submit')}
      </Button>
    </form>
  )
}
