import { type TextId, useText } from '../../../i18n/text.ts'
import type { Action, Kind } from '../../../platform/action.ts'
import { actionsOn } from '../../../platform/actions.ts'
import { Row } from '../../../platform/settings/Rows.tsx'
import keys from '../../../ui/Keys.module.css'
import { keyName } from '../../../ui/key-name.ts'

const KINDS = [
  { kind: 'app', title: 'shortcuts.everywhere' },
  { kind: 'channel', title: 'shortcuts.inChannel' },
  { kind: 'post', title: 'shortcuts.onMessage' },
] as const satisfies readonly { kind: Kind; title: TextId }[]

/** All keys, made from the actions that they do. */
export const KeysSection = () => {
  const say = useText()
  return KINDS.map(({ kind, title }) => {
    const bound = (actionsOn(kind) as readonly Action[]).filter(({ keys }) => keys !== undefined)
    if (bound.length === 0) return null
    return (
      <Row key={kind} finds={[title, ...bound.map(({ label }) => label)]}>
        <h4>{say(title)}</h4>
        <dl className={keys.list}>
          {bound.map(({ name, label, keys = '' }) => (
            <div key={name}>
              <dt>{say(label)}</dt>
              <dd>
                <kbd>{keyName(keys)}</kbd>
              </dd>
            </div>
          ))}
        </dl>
      </Row>
    )
  })
}
