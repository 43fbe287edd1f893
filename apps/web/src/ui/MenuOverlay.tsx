import { Check, ChevronRight, type LucideIcon } from 'lucide-react'
import { type ReactElement, type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { Header } from 'react-aria-components/Header'
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection,
  SubmenuTrigger,
} from 'react-aria-components/Menu'
import { Popover as AriaPopover } from 'react-aria-components/Popover'
import { Separator } from 'react-aria-components/Separator'
import { flushSync } from 'react-dom'
import { AriaLanguage } from './AriaLanguage.tsx'
import { returnFocus } from './focus-return.ts'
import styles from './Menu.module.css'
import { groupsOf, type MenuChoice, type MenuItem, type Submenu } from './menu-items.ts'

/** On a phone, menus are sheets at the lower edge, where the thumb is. */
const formOf = () => ({ 'data-sheet': matchMedia('(max-width: 480px)').matches ? '' : undefined })

type MenuOverlayProps = {
  label: string
  items: readonly MenuItem[]
  /** The button that it belongs to: it is placed there, and the focus returns there. */
  anchor: RefObject<HTMLElement | null>
  align?: 'start' | 'end'
  /** The distance to the button in pixels. */
  gap?: number
  /** Takes the focus when it closes, if that is not the button. */
  returnTo?: Element | null
  onClose(): void
}

/** An open menu. */
export const MenuOverlay = ({
  label,
  items,
  anchor,
  align = 'start',
  gap = 4,
  returnTo,
  onClose,
}: MenuOverlayProps) => {
  const close = (): void => {
    // Unmounted at once, so that what the chosen item opens finds the focus on the button.
    flushSync(onClose)
    returnFocus(returnTo === undefined ? anchor.current : returnTo)
  }
  const box = useFocusInside()
  return (
    <AriaLanguage>
      <AriaPopover
        className={styles.menu ?? ''}
        {...formOf()}
        ref={box}
        aria-label={label}
        triggerRef={anchor}
        data-overlay=""
        isOpen
        offset={gap}
        containerPadding={8}
        placement={align === 'start' ? 'bottom start' : 'bottom end'}
        onOpenChange={(isOpen) => !isOpen && close()}
        onContextMenu={(event) => event.preventDefault()}
      >
        <Entries label={label} items={items} close={close} />
      </AriaPopover>
    </AriaLanguage>
  )
}

/**
 * Focuses the first item if react-aria has left the focus on the menu: it does if a screen reader pressed the
 * button, depending on which of its frames comes first.
 */
const useFocusInside = () => {
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    const check = (): void => {
      if (box.current?.contains(document.activeElement) && document.activeElement?.matches(ITEM)) return
      box.current?.querySelector<HTMLElement>(ITEM)?.focus()
    }
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(check)
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  return box
}

const ITEM = '[role^="menuitem"]'

type EntriesProps = { label: string; items: readonly MenuItem[]; close(): void }

const Entries = ({ label, items, close }: EntriesProps) => (
  <AriaMenu aria-label={label} className={styles.entries ?? ''} autoFocus="first" shouldCloseOnSelect={false}>
    {groupsOf(items).flatMap((group, at) => {
      const hasSigns = group.items.some((item) => item.icon || ('mark' in item && item.mark))
      const entries = group.items.map((item, i) => (
        <Entry key={i} item={item} hasSign={hasSigns} close={close} />
      ))
      return [
        ...(at > 0 ? [<Separator key={`line ${at}`} className={styles.line ?? ''} />] : []),
        group.heading === undefined ? (
          <MenuSection key={at} aria-label={label}>
            {entries}
          </MenuSection>
        ) : (
          <MenuSection key={at}>
            <Header className={styles.heading ?? ''}>{group.heading}</Header>
            {entries}
          </MenuSection>
        ),
      ]
    })}
  </AriaMenu>
)

type EntryProps<I> = {
  item: I
  /** Others of its group have an icon, so its label stands below theirs. */
  hasSign: boolean
  close(): void
}

const Entry = ({ item, ...rest }: EntryProps<MenuChoice | Submenu>): ReactElement =>
  item.kind === 'submenu' ? <SubmenuEntry item={item} {...rest} /> : <Choice item={item} {...rest} />

const Sign = ({ icon: Icon, mark }: { icon: LucideIcon | undefined; mark?: ReactNode }) => (
  <span className={styles.sign}>{Icon ? <Icon size={18} strokeWidth={1.75} aria-hidden /> : mark}</span>
)

const SubmenuEntry = ({ item, hasSign, close }: EntryProps<Submenu>) => (
  <SubmenuTrigger>
    <AriaMenuItem className={styles.item ?? ''} textValue={item.label}>
      {hasSign && <Sign icon={item.icon} />}
      <Words label={item.label} hint={item.hint} />
      <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
    </AriaMenuItem>
    <AriaPopover
      data-overlay=""
      className={styles.menu ?? ''}
      offset={2}
      crossOffset={-7}
      containerPadding={8}
    >
      <Entries label={item.label} items={item.items} close={close} />
    </AriaPopover>
  </SubmenuTrigger>
)

const Words = ({ label, hint }: { label: string; hint: string | undefined }) => (
  <span className={styles.words}>
    {label}
    {hint && <small>{hint}</small>}
  </span>
)

/** What assistive technology is told of an item that is more than a command. */
const roleOf = ({ isChosen, isChecked, isDisabled }: MenuChoice) => ({
  ...(isChosen !== undefined && { role: 'menuitemradio', 'aria-checked': isChosen }),
  ...(isChecked !== undefined && { role: 'menuitemcheckbox', 'aria-checked': isChecked }),
  // Not disabled for react-aria, because then nobody could reach it and read why.
  ...(isDisabled && { 'aria-disabled': true }),
})

const Choice = ({ item, hasSign, close }: EntryProps<MenuChoice>) => {
  const { icon, mark, isChosen, isChecked, isDanger, isDisabled, staysOpen, label, hint, keys } = item
  const run = (): void => {
    if (isDisabled) return
    if (!staysOpen) close()
    item.run()
  }
  return (
    <AriaMenuItem
      className={styles.item ?? ''}
      textValue={label}
      data-danger={isDanger ? '' : undefined}
      data-off={isDisabled ? '' : undefined}
      onAction={run}
      render={(props) => <div {...(props as object)} {...roleOf(item)} />}
    >
      {hasSign && <Sign icon={icon} mark={mark} />}
      <Words label={label} hint={hint} />
      {keys && <kbd>{keys}</kbd>}
      {(isChosen ?? isChecked) && <Check size={16} strokeWidth={2} aria-hidden />}
    </AriaMenuItem>
  )
}
