import { useText } from '../../../i18n/text.ts'
import type { Action, Kind } from '../../../platform/action.ts'
import { actionsOn } from '../../../platform/actions.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import keys from '../../../ui/Keys.module.css'
import { keyName } from '../../../ui/key-name.ts'
import { FORMATS } from '../../messages/writing/formats.ts'
import styles from './Shortcuts.module.css'

/** Keys of text fields and lists, which are no actions. */
const OF_FIELDS = [
  { keys: 'Enter', name: 'shortcuts.send' },
  { keys: 'Shift+Enter', name: 'shortcuts.newLine' },
  { keys: '↑', name: 'shortcuts.editLast' },
  { keys: '↑ ↓', name: 'shortcuts.messages' },
  { keys: 'Esc', name: 'shortcuts.back' },
] as const

const KINDS = [
  { kind: 'app', title: 'shortcuts.everywhere' },
  { kind: 'channel', title: 'shortcuts.inChannel' },
  { kind: 'post', title: 'shortcuts.onMessage' },
] as const satisfies readonly { kind: Kind; title: string }[]

/** All keys: those of the actions, as they are bound, and those of fields. */
export const Shortcuts = ({ close }: { close(): void }) => {
  const say = useText()
  return (
    <Dialog title={say('shortcuts.title')} onClose={close}>
      {KINDS.map(({ kind, title }) => (
        <section key={kind} className={styles.kind} aria-label={say(title)}>
          <h3>{say(title)}</h3>
          <dl className={keys.list}>
            {(actionsOn(kind) as readonly Action[]).map(
              ({ name, label, keys }) => keys && <Line key={name} label={say(label)} keys={keys} />,
            )}
          </dl>
        </section>
      ))}
      <section className={styles.kind} aria-label={say('shortcuts.inFields')}>
        <h3>{say('shortcuts.inFields')}</h3>
        <dl className={keys.list}>
          {OF_FIELDS.map(({ keys, name }) => (
            <Line key={name} label={say(name)} keys={keys} />
          ))}
          {FORMATS.map(
            (format) =>
              'keys' in format && <Line key={format.name} label={say(format.label)} keys={format.keys} />,
          )}
        </dl>
      </section>
    </Dialog>
  )
}

const Line = ({ label, keys }: { label: string; keys: string }) => (
  <div>
    <dt>{label}</dt>
    <dd>
      <kbd>{keyName(keys)}</kbd>
    </dd>
  </div>
)
