import { useText } from '../i18n/text.ts'
import type { Shortcut } from '../platform/shortcuts.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { keyName } from '../ui/key-name.ts'
import styles from './Shortcuts.module.css'

/** Shortcuts of the composer and the list. */
const LOCAL = [
  { keys: 'Enter', name: 'shortcuts.send' },
  { keys: 'Shift+Enter', name: 'shortcuts.newLine' },
  { keys: '↑', name: 'shortcuts.editLast' },
  { keys: '↑ ↓', name: 'shortcuts.messages' },
  { keys: 'Esc', name: 'shortcuts.back' },
] as const

export const Shortcuts = ({ shortcuts, close }: { shortcuts: readonly Shortcut[]; close(): void }) => {
  const say = useText()
  return (
    <Dialog title={say('shortcuts.title')} onClose={close}>
      <dl className={styles.list}>
        {[...shortcuts, ...LOCAL].map(({ keys, name }) => (
          <div key={keys + name}>
            <dt>{say(name)}</dt>
            <dd>
              <kbd>{keyName(keys)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
