import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { problemOf, useText } from '../../../i18n/text.ts'
import { Entry } from '../../../platform/Entry.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import form from '../../../ui/Form.module.css'
import { FormProblem } from '../../../ui/FormProblem.tsx'

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
  const [email, setEmail] = useState(addressIn)
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [sentTo, setSentTo] = useState('')

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const address = email.trim()
    if (!/^\S+@\S+$/.test(address)) {
      setProblem(say('account.emailMissing'))
      return
    }
    setBusy(true)
    setProblem('')
    try {
      await send(address)
      setSentTo(address)
    } catch (error) {
      setProblem(problemOf(error))
    }
    setBusy(false)
  }

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
      <form className={form.form} noValidate onSubmit={(event) => void submit(event)}>
        <FormProblem text={problem} />
        <Field
          label={say('account.email')}
          type="email"
          name="email"
          autoComplete="email"
          spellCheck={false}
          maxLength={128}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {submitLabel}
        </Button>
      </form>
    </Entry>
  )
}
