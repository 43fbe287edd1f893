import { X } from 'lucide-react'
import { useText } from '../i18n/text.ts'
import { dismiss, notices } from '../platform/notices.ts'
import { useSource } from '../platform/use-source.ts'
import { IconButton } from './Button.tsx'
import styles from './Notices.module.css'

/** What failed and what was done, at the lower edge; the announcer speaks it. A modal dialog would hide it, so it lies in the top layer. */
export const Notices = () => {
  const say = useText()
  const all = useSource(notices)
  return (
    <div
      className={styles.notices}
      popover="manual"
      ref={(element) => {
        if (element && all.length > 0) {
          // Shown again, it lies above what was opened meanwhile.
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
