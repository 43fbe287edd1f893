import { Check, ChevronDown } from 'lucide-react'
import { useId } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { Popover as AriaPopover } from 'react-aria-components/Popover'
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select'
import { AriaLanguage } from './AriaLanguage.tsx'
import { describedBy, type FieldNotes, Note, type Option } from './Field.tsx'
import styles from './Select.module.css'

type SelectProps<V extends string> = FieldNotes & {
  value: V
  options: readonly Option<V>[]
  isDisabled?: boolean
  onChange(value: NoInfer<V>): void
}

/** A choice of many options, of which only the chosen one is visible. Only for code that is loaded later. */
export const Select = <V extends string>({
  value,
  options,
  isDisabled = false,
  onChange,
  ...notes
}: SelectProps<V>) => {
  const id = useId()
  return (
    <AriaLanguage>
      <AriaSelect
        className={styles.select ?? ''}
        value={value}
        isDisabled={isDisabled}
        isInvalid={Boolean(notes.problem)}
        aria-labelledby={`${id}-label`}
        aria-describedby={describedBy(id, notes) ?? ''}
        onChange={(key) => {
          const chosen = options.find((option) => option.value === key)
          if (chosen) onChange(chosen.value)
        }}
      >
        <span id={`${id}-label`}>{notes.label}</span>
        <AriaButton className={styles.button ?? ''} data-problem={notes.problem ? '' : undefined}>
          <SelectValue className={styles.value ?? ''} />
          <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
        </AriaButton>
        <AriaPopover className={styles.popover ?? ''} data-overlay="" offset={4} containerPadding={8}>
          <ListBox className={styles.list ?? ''}>
            {options.map((option) => (
              <OptionRow key={option.value} option={option} />
            ))}
          </ListBox>
        </AriaPopover>
        <Note id={id} {...notes} />
      </AriaSelect>
    </AriaLanguage>
  )
}

/** An option of a list, with a mark if it is chosen. */
export const OptionRow = ({ option }: { option: Option<string> }) => (
  <ListBoxItem
    id={option.value}
    textValue={option.label}
    isDisabled={option.isDisabled ?? false}
    className={styles.option ?? ''}
  >
    {({ isSelected }) => (
      <>
        <span className={styles.words}>
          <span>{option.label}</span>
          {option.hint && <small>{option.hint}</small>}
        </span>
        {isSelected && <Check size={16} strokeWidth={2} aria-hidden />}
      </>
    )}
  </ListBoxItem>
)
