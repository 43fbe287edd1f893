import {
  Bold,
  Code,
  Eye,
  Heading,
  Italic,
  Link,
  List,
  ListOrdered,
  ListTodo,
  type LucideIcon,
  Pencil,
  Strikethrough,
  TextQuote,
} from 'lucide-react'
import { Fragment, type RefObject } from 'react'
import { useText } from '../../../i18n/text.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { keyName } from '../../../ui/key-name.ts'
import { Toolbar } from '../../../ui/Toolbar.tsx'
import { apply } from './apply.ts'
import styles from './FormattingBar.module.css'
import { FORMATS, type Format } from './formats.ts'

const ICONS: Record<(typeof FORMATS)[number]['name'], LucideIcon> = {
  bold: Bold,
  italic: Italic,
  strike: Strikethrough,
  heading: Heading,
  link: Link,
  code: Code,
  quote: TextQuote,
  bullets: List,
  numbers: ListOrdered,
  tasks: ListTodo,
}
/** A gap follows these. */
const ENDS = new Set(['heading', 'quote'])

type FormattingBarProps = {
  area: RefObject<HTMLTextAreaElement | null>
  isPreview: boolean
  setPreview(isPreview: boolean): void
}

/** Buttons that format the text of a field, and one that shows how it will look. */
export const FormattingBar = ({ area, isPreview, setPreview }: FormattingBarProps) => {
  const say = useText()
  const format = (it: Format): void => {
    const element = area.current
    if (!element) return
    const { value: text, selectionStart: start, selectionEnd: end } = element
    apply(element, it.edit({ text, start, end }))
  }
  return (
    <Toolbar label={say('writing.formatting')} className={styles.bar ?? ''}>
      {FORMATS.map((it) => (
        <Fragment key={it.name}>
          <IconButton
            icon={ICONS[it.name]}
            label={say(it.label)}
            keys={'keys' in it ? keyName(it.keys) : undefined}
            disabled={isPreview}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => format(it)}
          />
          {ENDS.has(it.name) && <span className={styles.gap} />}
        </Fragment>
      ))}
      <span className={styles.rest} />
      <IconButton
        icon={isPreview ? Pencil : Eye}
        label={say(isPreview ? 'writing.write' : 'writing.preview')}
        aria-pressed={isPreview}
        onClick={() => setPreview(!isPreview)}
      />
    </Toolbar>
  )
}
