import { passwords as operations } from '@plausch/wire'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Form } from '../../../ui/Form.tsx'
import { useForm } from '../../../ui/use-form.ts'

/** A new password. It ends the account's other sessions. */
export const PasswordForm = () => {
  const say = useText()
  const me = useSource(client.me)
  const least = Number(useSource(client.settings.config).PasswordMinimumLength) || 8
  const form = useForm(
    { current: '', next: '' },
    {
      check: ({ current, next }) => ({
        current: current === '' ? say('form.missing') : '',
        next: next === '' ? say('form.missing') : '',
      }),
      refusals: {
        'api.user.update_password.incorrect': 'current',
        'model.user.is_valid.pwd': 'next',
      },
    },
  )
  const save = form.checked(async ({ current, next }) => {
    await client.call(operations.change, {
      params: { user_id: client.myId.get() },
      body: { current_password: current, new_password: next },
    })
    form.set({ current: '', next: '' })
    notify('done', say('security.passwordChanged'))
  })
  return (
    <Disclosure title={say('security.password')}>
      <Form submit={save} submitLabel={say('security.changePassword')} buttons="start">
        {/* Password managers need to know whose password it is. */}
        <input hidden readOnly autoComplete="username" value={me?.username ?? ''} />
        <Field
          {...form.text('current')}
          label={say('security.currentPassword')}
          type="password"
          autoComplete="current-password"
        />
        <Field
          {...form.text('next')}
          label={say('security.newPassword')}
          hint={say('account.passwordHint', { min: least })}
          type="password"
          autoComplete="new-password"
        />
      </Form>
    </Disclosure>
  )
}
