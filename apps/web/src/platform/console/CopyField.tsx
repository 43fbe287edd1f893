import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { IconButton } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import unseen from '../../ui/Unseen.module.css'

type CopyFieldProps = { label: string; value: string; hint?: string }

/** Something that administrators enter elsewhere: to copy, not to change. */
export const CopyField = ({ label, value, hint }: CopyFieldProps) => {
  const say = useText()
  const field = useRef<HTMLInputElement>(null)
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 3000)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = async (): Promise<void> => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
    } catch {
      // Without HTTPS there is no clipboard; the text is selected, so that people can copy it by keyboard.
      setCopied(false)
    }
  }
  return (
    <Field
      ref={field}
      label={label}
      hint={hint}
      readOnly
      value={value}
      onFocus={(event) => event.target.select()}
    >
      <span role="status" className={unseen.unseen}>
        {isCopied && say('console.copied')}
      </span>
      <IconButton
        icon={isCopied ? Check : Copy}
        label={say(isCopied ? 'console.copied' : 'console.copyNamed', { name: label })}
        onClick={() => void copy()}
      />
    </Field>
  )
}
