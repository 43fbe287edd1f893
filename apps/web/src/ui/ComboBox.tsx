import { ChevronDown } from 'lucide-react'
import { useId } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { ComboBox as AriaComboBox } from 'react-aria-components/ComboBox'
import { Input } from 'react-aria-components/Input'
import { ListBox } from 'react-aria-components/ListBox'
import { Popover as AriaPopover } from 'react-aria-components/Popover'
import { useText } from '../i18n/text.ts'
import { AriaLanguage } from './AriaLanguage.tsx'
import { describedBy, type FieldNotes, Note, type Option } from './Field.tsx'
import styles from './Select.module.css'
import { OptionRow } from './Select.tsx'

type ComboBoxProps<V extends string> = FieldNotes & {
  value: V | undefined
  /** Up to some hundreds; the reader's letters filter them. */
  options: readonly Option<V>[]
  placeholder?: string
  isDisabled?: boolean
  onChange(value: NoInfer<V> | undefined): void
}

/** A choice of one of many options by typing a part of its name. Only for code that is loaded later. */
export const ComboBox = <V extends string>({
  value,
  options,
  placeholder,
  isDisabled = false,
  onChange,
  ...notes
}: ComboBoxProps<V>) => {
  const id = useId()
  const say = useText()
  return (
    <AriaLanguage>
      <AriaComboBox
        className={styles.select ?? ''}
        value={value ?? null}
        isDisabled={isDisabled}
        isInvalid={Boolean(notes.problem)}
        menuTrigger="focus"
        allowsEmptyCollection
        aria-labelledby={`${id}-label`}
        aria-describedby={describedBy(id, notes) ?? ''}
        onChange={(key) => onChange(options.find((option) => option.value === key)?.value)}
      >
        <span id={`${id}-label`}>{notes.label}</span>
        <span className={styles.box} data-problem={notes.problem ? '' : undefined}>
          <Input className={styles.input ?? ''} placeholder={placeholder ?? ''} />
          <AriaButton className={styles.arrow ?? ''} aria-label={say('choice.show')}>
            <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
          </AriaButton>
        </span>
        <AriaPopover className={styles.popover ?? ''} data-overlay="" offset={4} containerPadding={8}>
          <ListBox
            className={styles.list ?? ''}
            renderEmptyState={() => <p className={styles.none}>{say('choice.none')}</p>}
          >
            {options.map((option) => (
              <OptionRow key={option.value} option={option} />
            ))}
          </ListBox>
        </AriaPopover>
        <Note id={id} {...notes} />
      </AriaComboBox>
    </AriaLanguage>
  )
}
