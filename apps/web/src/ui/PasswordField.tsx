import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { useText } from '../i18n/text.ts'
import { IconButton } from './Button.tsx'
import { Field } from './Field.tsx'
import form from './Form.module.css'

/** A field for a password, which the reader can show to check it. */
export const PasswordField = (props: Omit<ComponentProps<typeof Field>, 'type' | 'children'>) => {
  const say = useText()
  const [isShown, setShown] = useState(false)
  return (
    <Field {...props} type={isShown ? 'text' : 'password'}>
      <IconButton
        icon={isShown ? EyeOff : Eye}
        label={say(isShown ? 'account.hidePassword' : 'account.showPassword')}
        className={form.inField}
        onClick={() => setShown(!isShown)}
      />
    </Field>
  )
}
