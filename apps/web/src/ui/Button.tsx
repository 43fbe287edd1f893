import type { LucideIcon } from 'lucide-react'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './Button.module.css'

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  icon?: LucideIcon
  isBusy?: boolean
  ref?: Ref<HTMLButtonElement>
  children: ReactNode
}

/** A button with text. While busy, it keeps its size and ignores further presses. */
export const Button = ({
  kind = 'plain',
  icon: Icon,
  isBusy = false,
  children,
  onClick,
  ...rest
}: ButtonProps) => (
  <button
    type="button"
    {...rest}
    className={styles.button}
    data-kind={kind}
    aria-busy={isBusy || undefined}
    onClick={isBusy ? (event) => event.preventDefault() : onClick}
  >
    {Icon && <Icon size={18} strokeWidth={1.75} aria-hidden />}
    <span>{children}</span>
  </button>
)

type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> & {
  icon: LucideIcon
  /** What it does: its name, and its tooltip. */
  label: string
  /** Keys that do the same, shown in the tooltip. */
  keys?: string
  size?: number
  ref?: Ref<HTMLButtonElement>
}

/** A button with an icon. */
export const IconButton = ({ icon: Icon, label, keys, size = 18, className, ...rest }: IconButtonProps) => (
  <button
    type="button"
    {...rest}
    className={className ? `${styles.icon} ${className}` : styles.icon}
    aria-label={label}
    data-tip={label}
    data-tip-keys={keys}
  >
    <Icon size={size} strokeWidth={1.75} aria-hidden />
  </button>
)
