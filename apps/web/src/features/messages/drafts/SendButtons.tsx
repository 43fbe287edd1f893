import type { PostPriority } from '@plausch/wire'
import { ChevronDown, SendHorizontal } from 'lucide-react'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { keyName } from '../../../ui/key-name.ts'
import { Menu } from '../../../ui/Menu.tsx'
import { laterItems, maySchedule } from '../scheduled/later.ts'
import styles from './Composer.module.css'
import { mayPrioritise, priorityItems } from './priority.ts'

type SendButtonsProps = {
  rootId: string
  isEmpty: boolean
  sendsByCtrl: boolean
  priority: PostPriority | undefined
  setPriority(priority: PostPriority | undefined): void
  send(): void
  schedule(at: number): unknown
}

/** Sends, and offers other ways to send. */
export const SendButtons = (props: SendButtonsProps) => {
  const { rootId, isEmpty, sendsByCtrl, priority, setPriority, send, schedule } = props
  const say = useText()
  const intl = useIntl()
  const items = [
    ...(maySchedule() && !isEmpty ? laterItems(intl, schedule) : []),
    ...(mayPrioritise(rootId) ? priorityItems(priority, setPriority) : []),
  ]
  return (
    <span className={styles.sending}>
      <IconButton
        icon={SendHorizontal}
        label={say('composer.send')}
        keys={keyName(sendsByCtrl ? 'Ctrl+Enter' : 'Enter')}
        className={styles.send}
        disabled={isEmpty}
        onClick={send}
      />
      {items.length > 0 && (
        <Menu
          label={say('drafts.sendOptions')}
          align="end"
          items={items}
          button={(its) => (
            <IconButton
              {...its}
              icon={ChevronDown}
              size={14}
              label={say('drafts.sendOptions')}
              className={styles.options}
            />
          )}
        />
      )}
    </span>
  )
}
