import { select } from '@plausch/client'
import type { Post } from '@plausch/wire'
import { memo, useEffect, useMemo, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { type IntlShape, useIntl } from '../../../i18n/intl.ts'
import { type Say, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { summary } from '../../../ui/markdown/summary.ts'
import { type Named, type NoteLine, noteLines } from './lines.ts'
import styles from './NoteLines.module.css'

/** More lines in a row are folded. */
const MOST = 3
/** So many people are named in a line. */
const NAMED = 8
const LONGEST = 200

const peopleIn = (lines: readonly NoteLine[]): Named[] => lines.flatMap(({ who, whom }) => [...who, ...whom])

/** Notes of the system: faint lines in the middle, folded if there are many. */
export const NoteLines = memo(({ posts }: { posts: readonly Post[] }) => {
  const say = useText()
  const intl = useIntl()
  const [isOpen, setOpen] = useState(false)
  const lines = useMemo(() => noteLines(posts), [posts])
  useEffect(() => client.users.ensure(peopleIn(lines).map(({ id }) => id)), [lines])
  const nameOf = useNames(lines)
  const shown = (line: NoteLine) => (
    <p key={line.key} title={intl.formatDate(line.at, { dateStyle: 'medium', timeStyle: 'short' })}>
      {textOf(line, nameOf, say, intl)}
    </p>
  )
  if (lines.length <= MOST) return <div className={styles.notes}>{lines.map(shown)}</div>
  return (
    <div className={styles.notes}>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {say(isOpen ? 'system.fold' : 'system.unfold', { count: posts.length })}
      </button>
      {isOpen && lines.map(shown)}
    </div>
  )
})

/** The names of the people in the lines, watched. */
const useNames = (lines: readonly NoteLine[]): ((one: Named) => string) => {
  const text = useSource(
    useMemo(
      () =>
        select((read) =>
          peopleIn(lines)
            .map(({ id, name }) => read(personName(id)) || name)
            .join('\n'),
        ),
      [lines],
    ),
  )
  return useMemo(() => {
    const names = text.split('\n')
    const known = new Map(peopleIn(lines).map((one, i) => [one, names[i] ?? '']))
    return (one) => known.get(one) || '…'
  }, [lines, text])
}

const textOf = (line: NoteLine, nameOf: (one: Named) => string, say: Say, intl: IntlShape): string => {
  if (line.text === undefined) return line.message
  const list = (people: readonly Named[]): string => {
    const names = people.slice(0, NAMED).map(nameOf)
    const rest = people.length - names.length
    return intl.formatList(rest > 0 ? [...names, say('system.others', { count: rest })] : names)
  }
  return say(line.text, {
    who: list(line.who),
    whom: list(line.whom),
    count: line.who.length || line.whom.length,
    from: summary(line.from, LONGEST),
    to: summary(line.to, LONGEST),
  })
}
