import { ApiFault } from '@plausch/client'
import { onboarding } from '@plausch/wire'
import { type FormEvent, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { language } from '../../../i18n/language.ts'
import { problemOf, type TextId, useText } from '../../../i18n/text.ts'
import { session } from '../../../platform/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import form from '../../../ui/Form.module.css'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { PasswordField } from '../../../ui/PasswordField.tsx'
import {
  type Account,
  type AccountField,
  emptyAccount,
  fieldOf,
  splitName,
  suggestUsername,
} from './account.ts'

type AccountFormProps = {
  submitLabel: string
  /** The invite id of the team that the person joins when signing up; '' for none. */
  inviteId?: string
  /** From an invitation by mail: it belongs to this address. */
  invitation?: { token: string; email: string }
}

/** Creates an account and signs in with it. */
export const AccountForm = ({ submitLabel, inviteId = '', invitation }: AccountFormProps) => {
  const say = useText()
  const config = useSource(session.settings.config)
  const [account, setAccount] = useState({
    ...emptyAccount,
    email: invitation?.email ?? '',
    code: invitation?.token ?? '',
  })
  const [hasOwnUsername, setOwnUsername] = useState(false)
  const [needsCode, setNeedsCode] = useState(false)
  const [problems, setProblems] = useState<Partial<Record<AccountField | 'form', string>>>({})
  const [isBusy, setBusy] = useState(false)
  const shortest = Number(config.PasswordMinimumLength) || 8

  const set = (field: AccountField, value: string): void => {
    setProblems(({ [field]: _, ...others }) => others)
    setAccount((before) => {
      const next = { ...before, [field]: value }
      if (!hasOwnUsername && (field === 'name' || (field === 'email' && before.name.trim() === ''))) {
        next.username = suggestUsername(value)
      }
      return next
    })
  }

  const submit = async (): Promise<void> => {
    const missing = missingFields(account, needsCode)
    if (missing.length > 0) {
      setProblems(Object.fromEntries(missing.map((field) => [field, say(MISSING[field])])))
      return
    }
    setBusy(true)
    setProblems({})
    try {
      await signUp(account, inviteId)
      await session.signIn(account.email.trim(), account.password)
    } catch (error) {
      const field = fieldOf(error)
      const isFirstAsked = field === 'code' && !needsCode
      if (error instanceof ApiFault && error.id === 'onboarding.code') setNeedsCode(true)
      // When the server asks for the code for the first time, nothing is wrong yet: the field explains
      // itself.
      if (!isFirstAsked) {
        setProblems({ [field ?? 'form']: problemOf(error) })
      }
      setBusy(false)
    }
  }

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    void submit()
  }
  const text = (field: AccountField) => ({
    value: account[field],
    problem: problems[field],
    name: field,
    onChange: (event: { target: { value: string } }) => set(field, event.target.value),
  })

  return (
    <form className={form.form} noValidate onSubmit={onSubmit}>
      <FormProblem text={problems.form ?? ''} />
      <Field {...text('name')} label={say('account.name')} autoComplete="name" maxLength={120} autoFocus />
      <Field
        {...text('email')}
        label={say('account.email')}
        type="email"
        autoComplete="email"
        readOnly={invitation !== undefined}
        maxLength={128}
        spellCheck={false}
      />
      <Field
        {...text('username')}
        label={say('account.username')}
        hint={say('account.usernameHint')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        onChange={(event) => {
          setOwnUsername(event.target.value !== '')
          set('username', event.target.value.toLowerCase())
        }}
      />
      <PasswordField
        {...text('password')}
        label={say('account.password')}
        hint={say('account.passwordHint', { min: shortest })}
        autoComplete="new-password"
      />
      {needsCode && (
        <Field
          {...text('code')}
          label={say('account.code')}
          hint={say('account.codeHint')}
          autoComplete="one-time-code"
          spellCheck={false}
          autoFocus
        />
      )}
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {submitLabel}
      </Button>
    </form>
  )
}

const MISSING: Record<AccountField, TextId> = {
  name: 'account.name',
  username: 'account.usernameMissing',
  email: 'account.emailMissing',
  password: 'account.passwordMissing',
  code: 'account.codeMissing',
}

const missingFields = (account: Account, needsCode: boolean): AccountField[] => {
  const needed: AccountField[] = ['email', 'username', 'password', ...(needsCode ? (['code'] as const) : [])]
  return needed.filter((field) => account[field].trim() === '')
}

const signUp = async (account: Account, inviteId: string): Promise<void> => {
  await session.call(onboarding.signUp, {
    query: {
      ...(account.code !== '' ? { t: account.code.trim() } : {}),
      ...(inviteId !== '' ? { iid: inviteId } : {}),
    },
    body: {
      email: account.email.trim(),
      username: account.username.trim(),
      password: account.password,
      locale: language.get(),
      ...splitName(account.name),
    },
  })
}
