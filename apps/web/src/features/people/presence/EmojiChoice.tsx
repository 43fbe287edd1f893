import { SmilePlus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { Field } from '../../../ui/Field.tsx'
import { MarkdownLine } from '../../../ui/markdown/Markdown.tsx'
import { Popover } from '../../../ui/Popover.tsx'
import styles from './StatusDialog.module.css'

type EmojiChoiceProps = { emoji: string; onChange(emoji: string): void }

/** What people often need for a status; the search finds all others. */
const USUAL =
  'calendar microscope house palm_tree hamburger coffee sneezing_face airplane train headphones dart bulb books tada no_bell baby dog running soccer car'.split(
    ' ',
  )
const MOST = 40

/** A button with the chosen emoji; it opens a few usual ones and a search by name. */
export const EmojiChoice = ({ emoji, onChange }: EmojiChoiceProps) => {
  const say = useText()
  const label = emoji === '' ? say('presence.emoji') : say('presence.emojiNow', { name: emoji })
  return (
    <Popover
      label={say('presence.emoji')}
      button={(props) => (
        <button type="button" {...props} className={styles.emoji} aria-label={label} data-tip={label}>
          {emoji === '' ? (
            <SmilePlus size={20} strokeWidth={1.75} aria-hidden />
          ) : (
            <MarkdownLine text={`:${emoji}:`} />
          )}
        </button>
      )}
    >
      {(close) => (
        <Choices
          choose={(name) => {
            onChange(name)
            close()
          }}
        />
      )}
    </Popover>
  )
}

const Choices = ({ choose }: { choose(name: string): void }) => {
  const say = useText()
  const [term, setTerm] = useState('')
  const [all, setAll] = useState<readonly string[]>([])
  useEffect(() => {
    let isCurrent = true
    import('../../../ui/emoji/emoji-table.ts').then(
      ({ EMOJI }) => isCurrent && setAll(EMOJI.split('|').flatMap((entry) => entry.split(' ')[0] ?? [])),
      // The usual ones are there all the same.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [])
  const wanted = term.trim().toLowerCase().replaceAll(' ', '_').replaceAll(':', '')
  const shown = wanted === '' ? USUAL : all.filter((name) => name.includes(wanted)).slice(0, MOST)
  return (
    <div className={styles.choices}>
      <Field
        label={say('presence.findEmoji')}
        value={term}
        onChange={(event) => setTerm(event.target.value)}
      />
      <div className={styles.grid}>
        {shown.map((name) => (
          <button key={name} type="button" onClick={() => choose(name)}>
            <MarkdownLine text={`:${name}:`} />
          </button>
        ))}
      </div>
    </div>
  )
}
