import { type ReactNode, useId } from 'react'
import styles from './Field.module.css'

type CheckboxProps = {
  label: ReactNode
  /** A faint line below: what it means, or why it cannot be changed. */
  hint?: ReactNode
  /** What is wrong with the answer; replaces the hint. */
  problem?: string
  name?: string
  isChecked: boolean
  /** Some of what it stands for is chosen. */
  isMixed?: boolean
  isDisabled?: boolean
  onChange(isChecked: boolean): void
}

/** A yes or no that is saved with the rest of a form. */
export const Checkbox = ({
  label,
  hint,
  problem,
  name,
  isChecked,
  isMixed = false,
  isDisabled,
  onChange,
}: CheckboxProps) => {
  const id = useId()
  const note = problem || hint
  return (
    <label className={styles.option}>
      <input
        ref={(element) => {
          if (element) element.indeterminate = isMixed
        }}
        type="checkbox"
        name={name}
        checked={isChecked}
        disabled={isDisabled}
        aria-labelledby={id}
        aria-describedby={note ? `${id}-note` : undefined}
        aria-invalid={problem ? true : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        <span id={id}>{label}</span>
        {note && (
          <small id={`${id}-note`} data-problem={problem ? '' : undefined}>
            {note}
          </small>
        )}
      </span>
    </label>
  )
}
