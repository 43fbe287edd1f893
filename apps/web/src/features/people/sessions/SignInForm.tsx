import { ApiFault } from '@plausch/client'
import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { useSource } from '../../../browser/use-source.ts'
import { problemOf, type TextId, useText } from '../../../i18n/text.ts'
import { session } from '../../../platform/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import form from '../../../ui/Form.module.css'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { PasswordField } from '../../../ui/PasswordField.tsx'

const NEEDS_CODE = 'mfa.validate_token.authenticate.app_error'
const NOT_VERIFIED = 'api.user.login.not_verified.app_error'

/** What people sign in with: the settings of the server allow e-mail, username or both. */
const loginLabel = (config: Record<string, string>): TextId => {
  if (config.EnableSignInWithUsername === 'false') return 'signIn.email'
  return config.EnableSignInWithEmail === 'false' ? 'signIn.username' : 'signIn.loginId'
}

type Problem = { text: string; isUnverified?: boolean }

/** E-mail or username, and the password. The form does not tell which of them is wrong. */
export const SignInForm = () => {
  const say = useText()
  const config = useSource(session.settings.config)
  const [loginId, setLoginId] = useState('')
  const [password, setPassword] = useState('')
  /** Undefined until the server asks for the second factor. */
  const [code, setCode] = useState<string>()
  const [problem, setProblem] = useState<Problem>({ text: '' })
  const [isBusy, setBusy] = useState(false)

  const submit = async (): Promise<void> => {
    if (loginId.trim() === '' || password === '' || code === '') {
      setProblem({ text: say(code === '' ? 'signIn.codeMissing' : 'signIn.incomplete') })
      return
    }
    setBusy(true)
    setProblem({ text: '' })
    try {
      await session.signIn(loginId.trim(), password, code?.replace(/\s/g, ''))
    } catch (error) {
      const id = error instanceof ApiFault ? error.id : ''
      // When the server asks for the code for the first time, nothing is wrong yet.
      if (id === NEEDS_CODE && code === undefined) setCode('')
      else setProblem({ text: problemOf(error), isUnverified: id === NOT_VERIFIED })
      setBusy(false)
    }
  }

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    void submit()
  }

  return (
    <form className={form.form} noValidate onSubmit={onSubmit}>
      <FormProblem text={problem.text} />
      {problem.isUnverified && <Link to="/should_verify_email">{say('signIn.sendAgain')}</Link>}
      <Field
        label={say(loginLabel(config))}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        value={loginId}
        onChange={(event) => setLoginId(event.target.value)}
      />
      <PasswordField
        label={say('signIn.password')}
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {code !== undefined && (
        <Field
          label={say('signIn.code')}
          hint={say('signIn.codeHint')}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={64}
          autoFocus
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      )}
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {say('signIn.submit')}
      </Button>
      <ForgotLink address={config.ForgotPasswordLink ?? ''} />
    </form>
  )
}

/** The organisation may have a page of its own for forgotten passwords. */
const ForgotLink = ({ address }: { address: string }) => {
  const say = useText()
  if (/^https?:\/\//.test(address))
    return (
      <a href={address} target="_blank" rel="noopener noreferrer">
        {say('signIn.forgot')}
      </a>
    )
  return <Link to="/reset_password">{say('signIn.forgot')}</Link>
}
