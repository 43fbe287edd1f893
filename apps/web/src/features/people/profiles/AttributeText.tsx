import { useEffect, useState } from 'react'
import { Row } from '../../../platform/settings/Rows.tsx'
import { useSaving } from '../../../platform/settings/saving.ts'
import { Field } from '../../../ui/Field.tsx'

type AttributeTextProps = {
  /** The organisation named it. */
  label: string
  type: 'text' | 'date' | 'email' | 'url' | 'phone'
  value: string
  save(text: string): Promise<unknown>
}

/** A text that the organisation asks for; saved on Enter, and when the field loses the focus. */
export const AttributeText = ({ label, type, value, save }: AttributeTextProps) => {
  const [saving, run] = useSaving()
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const done = (): void => {
    if (text.trim() !== value) void run(() => save(text.trim()))
  }
  return (
    <Row finds={['people.profile']} saving={saving}>
      <Field
        label={label}
        type={type === 'phone' ? 'tel' : type}
        maxLength={512}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={done}
        onKeyDown={(event) => event.key === 'Enter' && done()}
      />
    </Row>
  )
}
