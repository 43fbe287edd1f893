import { useState } from 'react'
import { Link } from 'wouter'
import { useText } from '../../../i18n/text.ts'
import { Entry } from '../../../platform/Entry.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Form } from '../../../ui/Form.tsx'
import { useForm } from '../../../ui/use-form.ts'

type MailFormProps = {
  title: string
  lead: string
  submitLabel: string
  /** The text after sending. It does not tell whether the address has an account. */
  sent(email: string): string
  send(email: string): Promise<unknown>
}

const addressIn = (): string => new URLSearchParams(location.search).get('email') ?? ''

/** A page that sends a mail to the address of an account. */
export const MailForm = ({ title, lead, submitLabel, sent, send }: MailFormProps) => {
  const say = useText()
  const [sentTo, setSentTo] = useState('')
  const form = useForm(() => ({ email: addressIn() }), {
    check: ({ email }) => ({ email: /^\S+@\S+$/.test(email.trim()) ? '' : say('account.emailMissing') }),
  })
  const submit = form.checked(async ({ email }) => {
    await send(email.trim())
    setSentTo(email.trim())
  })

  const back = <Link to="/login">{say('reset.toSignIn')}</Link>
  if (sentTo !== '') {
    return (
      <Entry title={title} lead={<span role="status">{sent(sentTo)}</span>}>
        {back}
      </Entry>
    )
  }
  return (
    <Entry title={title} lead={lead} foot={back}>
      <Form submit={submit} submitLabel={submitLabel}>
        <Field
          {...form.text('email')}
          label={say('account.email')}
          type="email"
          name="email"
          autoComplete="email"
          spellCheck={false}
          maxLength={128}
          autoFocus
        />
      </Form>
    </Entry>
  )
}
