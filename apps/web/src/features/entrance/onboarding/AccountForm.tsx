import { onboarding } from '@plausch/wire'
import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { language } from '../../../i18n/language.ts'
import { faultId, type Say, type TextId, useText } from '../../../i18n/text.ts'
import { session } from '../../../platform/session.ts'
import { Field } from '../../../ui/Field.tsx'
import { Form } from '../../../ui/Form.tsx'
import { PasswordField } from '../../../ui/PasswordField.tsx'
import { type Problems, useForm } from '../../../ui/use-form.ts'
import { type Account, emptyAccount, refusals, splitName, suggestUsername } from './account.ts'

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
  const [hasOwnUsername, setOwnUsername] = useState(false)
  const [needsCode, setNeedsCode] = useState(false)
  const form = useForm<Account>(
    { ...emptyAccount, email: invitation?.email ?? '', code: invitation?.token ?? '' },
    { check: (account) => missingIn(account, needsCode, say), refusals },
  )
  const { name, email } = form.values
  const shortest = Number(config.PasswordMinimumLength) || 8

  /** The username follows the name, or else the address, until somebody types one. */
  const suggested = (from: string): Partial<Account> =>
    hasOwnUsername ? {} : { username: suggestUsername(from) }

  const submit = form.checked(async (account) => {
    try {
      await signUp(account, inviteId)
    } catch (error) {
      if (needsCode || faultId(error) !== 'onboarding.code') throw error
      // When the server asks for the code for the first time, nothing is wrong yet: the field explains
      // itself.
      return setNeedsCode(true)
    }
    await session.signIn(account.email.trim(), account.password)
  })

  return (
    <Form submit={submit} submitLabel={submitLabel}>
      <Field
        {...form.text('name')}
        label={say('account.name')}
        name="name"
        autoComplete="name"
        maxLength={120}
        autoFocus
        onChange={({ target }) => form.set({ name: target.value, ...suggested(target.value || email) })}
      />
      <Field
        {...form.text('email')}
        label={say('account.email')}
        name="email"
        type="email"
        autoComplete="email"
        readOnly={invitation !== undefined}
        maxLength={128}
        spellCheck={false}
        onChange={({ target }) => form.set({ email: target.value, ...suggested(name || target.value) })}
      />
      <Field
        {...form.text('username')}
        label={say('account.username')}
        hint={say('account.usernameHint')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        onChange={({ target }) => {
          setOwnUsername(target.value !== '')
          form.set({ username: target.value.toLowerCase() })
        }}
      />
      <PasswordField
        {...form.text('password')}
        label={say('account.password')}
        hint={say('account.passwordHint', { min: shortest })}
        name="password"
        autoComplete="new-password"
      />
      {needsCode && (
        <Field
          {...form.text('code')}
          label={say('account.code')}
          hint={say('account.codeHint')}
          name="code"
          autoComplete="one-time-code"
          spellCheck={false}
          autoFocus
        />
      )}
    </Form>
  )
}

const missingIn = (account: Account, needsCode: boolean, say: Say): Problems<Account> => {
  const missing = (field: keyof Account, text: TextId): string =>
    account[field].trim() === '' ? say(text) : ''
  return {
    email: missing('email', 'account.emailMissing'),
    username: missing('username', 'account.usernameMissing'),
    password: missing('password', 'account.passwordMissing'),
    code: needsCode ? missing('code', 'account.codeMissing') : '',
  }
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
