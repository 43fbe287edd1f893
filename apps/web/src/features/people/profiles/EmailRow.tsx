import type { User } from '@plausch/wire'
import { useState } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Row } from '../../../platform/settings/Rows.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Form } from '../../../ui/Form.tsx'
import { useForm } from '../../../ui/use-form.ts'

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
  const form = useForm(
    { email: me.email, password: '', code: '' },
    {
      check: ({ email, password }) => ({
        email: /^\S+@\S+$/.test(email.trim()) ? '' : say('profile.emailWrong'),
        password: password === '' ? say('form.missing') : '',
      }),
      refusals: {
        'app.user.save.email_exists': 'email',
        'users.email': 'email',
        'users.password': 'password',
      },
    },
  )
  const save = form.checked(async ({ email, password, code }) => {
    const second = me.mfa_active ? { mfa_code: code.replace(/\s/g, '') } : {}
    const after = await client.users.patchMe({ email: email.trim(), password, ...second })
    notify('done', say(after.email === email.trim() ? 'profile.emailChanged' : 'profile.emailSent'))
    done()
  })
  return (
    <Form submit={save} submitLabel={say('profile.changeEmail')} buttons="start" onCancel={done}>
      <Field
        {...form.text('email')}
        label={say('profile.newEmail')}
        type="email"
        autoComplete="email"
        autoFocus
      />
      <Field
        {...form.text('password')}
        label={say('security.currentPassword')}
        type="password"
        autoComplete="current-password"
      />
      {me.mfa_active && (
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
