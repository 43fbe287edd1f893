import { Info, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import styles from './Banner.module.css'
import { IconButton } from './Button.tsx'

type BannerProps = {
  kind?: 'info' | 'warning'
  /** What is so, in one sentence. */
  children: ReactNode
  /** Quiet buttons at the end. */
  actions?: ReactNode
  /** It can be closed. */
  onClose?(): void
}

/** A line over the content that tells of a state, such as an archived channel. Announce events instead. */
export const Banner = ({ kind = 'info', children, actions, onClose }: BannerProps) => {
  const say = useText()
  const Icon = kind === 'info' ? Info : TriangleAlert
  return (
    <div className={styles.banner} data-kind={kind}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <p>{children}</p>
      {actions}
      {onClose && <IconButton icon={X} size={16} label={say('action.dismiss')} onClick={onClose} />}
    </div>
  )
}
