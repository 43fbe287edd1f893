import { X } from 'lucide-react'
import { dismiss, notices } from '../browser/notices.ts'
import { useSource } from '../browser/use-source.ts'
import { useText } from '../i18n/text.ts'
import { IconButton } from './Button.tsx'
import styles from './Notices.module.css'

/**
 * Notices at the lower edge; the announcer speaks them. They are in the top layer, because a modal dialog
 * would hide them.
 */
export const Notices = () => {
  const say = useText()
  const all = useSource(notices)
  return (
    <div
      className={styles.notices}
      popover="manual"
      ref={(element) => {
        if (element && all.length > 0) {
          // Shown again, they are above everything that was opened meanwhile.
          element.hidePopover()
          element.showPopover()
        }
      }}
    >
      <div>
        {all.map((notice) => (
          <div key={notice.id} className={styles.notice} data-kind={notice.kind}>
            <span>{notice.text}</span>
            <IconButton icon={X} label={say('action.dismiss')} onClick={() => dismiss(notice.id)} />
          </div>
        ))}
      </div>
    </div>
  )
}
