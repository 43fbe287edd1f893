import { type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from 'react'
import styles from './Field.module.css'

export type FieldNotes = {
  label: string
  /** A faint line below. */
  hint?: ReactNode
  /** What is wrong with the value; replaces the hint. */
  problem?: string
}

/** The id of the note below the field with this id, if there is one. */
export const describedBy = (id: string, { hint, problem }: FieldNotes): string | undefined =>
  problem || hint ? `${id}-note` : undefined

/** The line below a field: what is wrong, or a hint. */
export const Note = ({ id, hint, problem }: FieldNotes & { id: string }) => (
  <p
    id={`${id}-note`}
    className={styles.note}
    data-problem={problem ? '' : undefined}
    hidden={!problem && !hint}
  >
    {problem || hint}
  </p>
)

type FieldProps = FieldNotes &
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

type AreaProps = FieldNotes & TextareaHTMLAttributes<HTMLTextAreaElement>

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

export type Option<V extends string> = { value: V; label: string; hint?: string; isDisabled?: boolean }

type ChoiceProps<V extends string> = {
  legend: string
  value: V
  options: readonly Option<V>[]
  /** What is wrong with the choice. */
  problem?: string
  onChange(value: NoInfer<V>): void
}

/** A choice of a few options, all visible. */
export const Choice = <V extends string>({ legend, value, options, problem, onChange }: ChoiceProps<V>) => {
  const name = useId()
  return (
    <fieldset
      className={styles.choice}
      aria-describedby={problem ? `${name}-note` : undefined}
      data-problem={problem ? '' : undefined}
    >
      <legend>{legend}</legend>
      {options.map((option, i) => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.isDisabled}
            aria-labelledby={`${name}-${i}`}
            aria-describedby={option.hint ? `${name}-${i}-hint` : undefined}
            onChange={() => onChange(option.value)}
          />
          <span>
            <span id={`${name}-${i}`}>{option.label}</span>
            {option.hint && <small id={`${name}-${i}-hint`}>{option.hint}</small>}
          </span>
        </label>
      ))}
      {problem && <Note id={name} label={legend} problem={problem} />}
    </fieldset>
  )
}
