import { useState } from 'react'
import { Link } from 'wouter'
import { useSource } from '../../../browser/use-source.ts'
import { faultId, type TextId, useText } from '../../../i18n/text.ts'
import { session } from '../../../platform/session.ts'
import { Field } from '../../../ui/Field.tsx'
import { Form } from '../../../ui/Form.tsx'
import { PasswordField } from '../../../ui/PasswordField.tsx'
import { useForm } from '../../../ui/use-form.ts'

const NEEDS_CODE = 'mfa.validate_token.authenticate.app_error'
const NOT_VERIFIED = 'api.user.login.not_verified.app_error'

/** What people sign in with: the settings of the server allow e-mail, username or both. */
const loginLabel = (config: Record<string, string>): TextId => {
  if (config.EnableSignInWithUsername === 'false') return 'signIn.email'
  return config.EnableSignInWithEmail === 'false' ? 'signIn.username' : 'signIn.loginId'
}

/** E-mail or username, and the password. The form does not tell which of them is wrong. */
export const SignInForm = () => {
  const say = useText()
  const config = useSource(session.settings.config)
  /** Does the server ask for the second factor? */
  const [needsCode, setNeedsCode] = useState(false)
  const [isUnverified, setUnverified] = useState(false)
  const form = useForm(
    { loginId: '', password: '', code: '' },
    {
      check: ({ loginId, password, code }) => ({
        loginId: loginId.trim() === '' ? say('form.missing') : '',
        password: password === '' ? say('form.missing') : '',
        code: needsCode && code.trim() === '' ? say('signIn.codeMissing') : '',
      }),
    },
  )
  const submit = form.checked(async ({ loginId, password, code }) => {
    setUnverified(false)
    try {
      await session.signIn(loginId.trim(), password, needsCode ? code.replace(/\s/g, '') : undefined)
    } catch (error) {
      const id = faultId(error)
      setUnverified(id === NOT_VERIFIED)
      // When the server asks for the code for the first time, nothing is wrong yet.
      if (id !== NEEDS_CODE || needsCode) throw error
      setNeedsCode(true)
    }
  })

  return (
    <>
      <Form submit={submit} submitLabel={say('signIn.submit')}>
        {isUnverified && <Link to="/should_verify_email">{say('signIn.sendAgain')}</Link>}
        <Field
          {...form.text('loginId')}
          label={say(loginLabel(config))}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
        <PasswordField
          {...form.text('password')}
          label={say('signIn.password')}
          name="password"
          autoComplete="current-password"
        />
        {needsCode && (
          <Field
            {...form.text('code')}
            label={say('signIn.code')}
            hint={say('signIn.codeHint')}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={64}
            autoFocus
          />
        )}
      </Form>
      <ForgotLink address={config.ForgotPasswordLink ?? ''} />
    </>
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
