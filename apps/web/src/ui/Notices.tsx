import { X } from 'lucide-react'
import { dismiss, holdNotices, type Notice, notices, releaseNotices } from '../browser/notices.ts'
import { useSource } from '../browser/use-source.ts'
import { useText } from '../i18n/text.ts'
import { Button, IconButton } from './Button.tsx'
import styles from './Notices.module.css'

/**
 * Notices at the lower edge; the announcer speaks them. They are in the top layer, and modal dialogs leave
 * them alone, so that they can be read and used while one is open.
 */
export const Notices = () => {
  const say = useText()
  const all = useSource(notices)
  return (
    <section
      className={styles.notices}
      aria-label={say('notices.region')}
      popover="manual"
      data-react-aria-top-layer=""
      onPointerEnter={holdNotices}
      onPointerLeave={releaseNotices}
      onFocus={holdNotices}
      onBlur={releaseNotices}
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
          <NoticeLine key={notice.id} notice={notice} />
        ))}
      </div>
    </section>
  )
}

const NoticeLine = ({ notice: { id, kind, text, action } }: { notice: Notice }) => {
  const say = useText()
  return (
    <div className={styles.notice} data-kind={kind}>
      <span>{text}</span>
      {action && (
        <Button
          kind="quiet"
          onClick={() => {
            dismiss(id)
            action.run()
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon={X} label={say('action.dismiss')} onClick={() => dismiss(id)} />
    </div>
  )
}
