import { X } from 'lucide-react'
import { useId } from 'react'
import { useText } from '../i18n/text.ts'
import { IconButton } from './Button.tsx'
import styles from './Field.module.css'
import { describedBy, type FieldNotes, Note } from './Field.tsx'

type DateTimeProps = FieldNotes & {
  /** Milliseconds since 1970; undefined while it is empty. */
  value: number | undefined
  min?: number
  max?: number
  isDisabled?: boolean
  onChange(value: number | undefined): void
}

const two = (value: number): string => String(value).padStart(2, '0')

/** As `datetime-local` writes it: local time, by the minute. */
const written = (time: number | undefined): string => {
  if (time === undefined) return ''
  const date = new Date(time)
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

const read = (text: string): number | undefined => {
  const time = new Date(text).getTime()
  return Number.isNaN(time) ? undefined : time
}

/**
 * A date and a time of day in the reader's time zone. The browser's own field: phones show the picker that
 * people know, screen readers know it, and it costs nothing. It writes dates as the browser's language does.
 */
export const DateTime = ({ value, min, max, isDisabled, onChange, ...notes }: DateTimeProps) => {
  const say = useText()
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{notes.label}</label>
      <div className={styles.box} data-problem={notes.problem ? '' : undefined}>
        <input
          id={id}
          type="datetime-local"
          disabled={isDisabled}
          value={written(value)}
          min={written(min)}
          max={written(max)}
          aria-describedby={describedBy(id, notes)}
          aria-invalid={notes.problem ? true : undefined}
          onChange={(event) => onChange(read(event.target.value))}
        />
        {value !== undefined && !isDisabled && (
          <IconButton icon={X} size={16} label={say('date.clear')} onClick={() => onChange(undefined)} />
        )}
      </div>
      <Note id={id} {...notes} />
    </div>
  )
}
