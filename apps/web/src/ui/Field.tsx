import { type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from 'react'
import styles from './Field.module.css'

type Shared = {
  label: string
  /** A faint line below. */
  hint?: ReactNode
  /** What is wrong with the value; replaces the hint. */
  problem?: string
}

const describedBy = (id: string, { hint, problem }: Shared): string | undefined =>
  problem || hint ? `${id}-note` : undefined

const Note = ({ id, hint, problem }: Shared & { id: string }) => (
  <p
    id={`${id}-note`}
    className={styles.note}
    data-problem={problem ? '' : undefined}
    hidden={!problem && !hint}
  >
    {problem || hint}
  </p>
)

type FieldProps = Shared &
  InputHTMLAttributes<HTMLInputElement> & {
    ref?: Ref<HTMLInputElement>
    /** Fixed text before the value. */
    prefix?: string
    /** A button at the end of the line. */
    children?: ReactNode
  }

/** A one-line text field with its label. */
export const Field = ({ label, hint, problem, prefix, children, ...input }: FieldProps) => {
  const id = useId()
  const shared = { label, hint, problem }
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <div className={styles.box} data-problem={problem ? '' : undefined}>
        {prefix && (
          <span className={styles.prefix} aria-hidden>
            {prefix}
          </span>
        )}
        <input
          dir="auto"
          {...input}
          id={id}
          aria-describedby={describedBy(id, shared)}
          aria-invalid={problem ? true : undefined}
        />
        {children}
      </div>
      <Note id={id} {...shared} />
    </div>
  )
}

type AreaProps = Shared & TextareaHTMLAttributes<HTMLTextAreaElement>

/** A multi-line text field with its label. */
export const Area = ({ label, hint, problem, ...area }: AreaProps) => {
  const id = useId()
  const shared = { label, hint, problem }
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <div className={styles.box} data-problem={problem ? '' : undefined}>
        <textarea
          dir="auto"
          {...area}
          id={id}
          aria-describedby={describedBy(id, shared)}
          aria-invalid={problem ? true : undefined}
        />
      </div>
      <Note id={id} {...shared} />
    </div>
  )
}

type ChoiceProps<V extends string> = {
  legend: string
  value: V
  options: readonly { value: V; label: string; hint?: string }[]
  onChange(value: V): void
}

/** A choice of a few options, all visible. */
export const Choice = <V extends string>({ legend, value, options, onChange }: ChoiceProps<V>) => {
  const name = useId()
  return (
    <fieldset className={styles.choice}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.label}
            {option.hint && <small>{option.hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
