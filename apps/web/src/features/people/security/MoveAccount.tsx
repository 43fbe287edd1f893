import { accounts } from '@plausch/wire'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { type Way, waysIn } from '../../../platform/sign-in-ways.ts'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Form } from '../../../ui/Form.tsx'
import { useForm } from '../../../ui/use-form.ts'
import styles from './Security.module.css'

/** Moves the account to a sign-in service of the organisation, or back to a password. */
export const MoveAccount = () => {
  const say = useText()
  const me = useSource(client.me)
  const ways = waysIn(useSource(client.settings.config))
  if (!me) return null
  const own = ways.find(({ service }) => service === me.auth_service)
  if (own) {
    return (
      <Disclosure title={say('sso.move')}>
        <BackToPassword way={own} email={me.email} />
      </Disclosure>
    )
  }
  if (me.auth_service !== '') return null
  return (
    <Disclosure title={say('sso.move')}>
      <p className={styles.soft}>{say('sso.moveLead')}</p>
      {ways.map((way) => (
        <MoveTo key={way.service} way={way} email={me.email} hasFactor={me.mfa_active === true} />
      ))}
    </Disclosure>
  )
}

type MoveToProps = { way: Way; email: string; hasFactor: boolean }

const MoveTo = ({ way: { service, name }, email, hasFactor }: MoveToProps) => {
  const say = useText()
  const form = useForm(
    { password: '', code: '' },
    {
      check: ({ password, code }) => ({
        password: password === '' ? say('form.missing') : '',
        code: hasFactor && code.trim() === '' ? say('signIn.codeMissing') : '',
      }),
    },
  )
  const move = form.checked(async ({ password, code }) => {
    const { follow_link } = await client.call(accounts.switchLogin, {
      body: {
        current_service: 'email',
        new_service: service,
        email,
        password,
        ...(hasFactor ? { mfa_code: code.replace(/\s/g, '') } : {}),
      },
    })
    location.assign(follow_link)
  })
  return (
    <Form submit={move} submitLabel={say('sso.moveTo', { name })} buttons="start">
      <Field
        {...form.text('password')}
        label={say('security.currentPassword')}
        type="password"
        autoComplete="current-password"
      />
      {hasFactor && (
        <Field
          {...form.text('code')}
          label={say('security.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
        />
      )}
    </Form>
  )
}

/** Where the service asks the owner anew who they are, and sends them back to this page. */
const proofAddress = (service: string, { pathname, search, hash }: Location): string => {
  const query = new URLSearchParams({ redirect_to: `${pathname}${search}${hash}`, prove: 'true' })
  return `${service === 'saml' ? '/login/sso/saml' : `/oauth/${service}/login`}?${query}`
}

const BackToPassword = ({ way: { service, name }, email }: { way: Way; email: string }) => {
  const say = useText()
  const least = Number(useSource(client.settings.config).PasswordMinimumLength) || 8
  const form = useForm(
    { next: '' },
    {
      check: ({ next }) => ({ next: next === '' ? say('form.missing') : '' }),
      refusals: { 'model.user.is_valid.pwd': 'next' },
    },
  )
  const set = form.checked(async ({ next }) => {
    const { follow_link } = await client.call(accounts.switchLogin, {
      body: { current_service: service, new_service: 'email', email, new_password: next },
    })
    location.assign(follow_link)
  })
  return (
    <Form submit={set} submitLabel={say('sso.moveBackSubmit')} buttons="start">
      <p className={styles.soft}>{say('sso.moveBackLead', { name })}</p>
      <p>
        <a href={proofAddress(service, location)}>{say('sso.prove', { name })}</a>
      </p>
      <Field
        {...form.text('next')}
        label={say('security.newPassword')}
        hint={say('account.passwordHint', { min: least })}
        type="password"
        autoComplete="new-password"
      />
    </Form>
  )
}
