import {
  Cat,
  Clock,
  Coffee,
  Flag,
  Hand,
  Hash,
  Lightbulb,
  type LucideIcon,
  Plane,
  Smile,
  Sparkles,
  Trophy,
} from 'lucide-react'
import { useText } from '../../../i18n/text.ts'
import { emojiOf } from '../../../ui/emoji/emoji.ts'
import { Toolbar } from '../../../ui/Toolbar.tsx'
import styles from './EmojiPicker.module.css'
import type { Section } from './layout.ts'
import type { Group } from './table.ts'
import { inTone, TONES, type Tone } from './tones.ts'

const ICONS: Record<Group, LucideIcon> = {
  recent: Clock,
  smileys: Smile,
  people: Hand,
  nature: Cat,
  food: Coffee,
  travel: Plane,
  activities: Trophy,
  objects: Lightbulb,
  symbols: Hash,
  flags: Flag,
  custom: Sparkles,
}

type CategoriesProps = { sections: readonly Section[]; go(group: Group): void }

/** Buttons that scroll to a group. */
export const Categories = ({ sections, go }: CategoriesProps) => {
  const say = useText()
  return (
    <Toolbar label={say('emoji.groups')} className={styles.groups ?? ''}>
      {sections
        .filter(({ emoji }) => emoji.length > 0)
        .map(({ group }) => {
          const Icon = ICONS[group]
          return (
            <button
              key={group}
              type="button"
              aria-label={say(`emoji.group.${group}`)}
              data-tip={say(`emoji.group.${group}`)}
              onClick={() => go(group)}
            >
              <Icon size={18} strokeWidth={1.75} aria-hidden />
            </button>
          )
        })}
    </Toolbar>
  )
}

type TonesProps = { tone: Tone; choose(tone: Tone): void }

/** The skin tone of hands and people. */
export const Tones = ({ tone, choose }: TonesProps) => {
  const say = useText()
  return (
    <fieldset className={styles.tones}>
      <legend>{say('emoji.tone')}</legend>
      {TONES.map((each) => (
        <label key={each} data-tip={say(`emoji.tone.${each || 'none'}`)}>
          <input
            type="radio"
            name="skin-tone"
            aria-label={say(`emoji.tone.${each || 'none'}`)}
            checked={each === tone}
            onChange={() => choose(each)}
          />
          <span aria-hidden>{emojiOf(inTone('raised_hand', each))}</span>
        </label>
      ))}
    </fieldset>
  )
}
