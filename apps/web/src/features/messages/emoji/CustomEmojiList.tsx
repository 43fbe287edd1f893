import type { CustomEmoji } from '@plausch/wire'
import { Smile, SmilePlus, Trash2 } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { problemOf, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Field } from '../../../ui/Field.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import list from '../../../ui/List.module.css'
import styles from './CustomEmoji.module.css'
import { addEmoji, deleteEmoji } from './dialogs.ts'
import { CustomSign } from './EmojiSign.tsx'
import { emojiRights } from './rights.ts'

/** As many are shown at first, and as many more with each press. */
const PAGE = 50

const { compare } = new Intl.Collator()

const byName = (a: CustomEmoji, b: CustomEmoji): number => compare(a.name, b.name)

/** Those whose name has every word of the term in it. */
const matching = (all: readonly CustomEmoji[], term: string): readonly CustomEmoji[] => {
  const words = term.toLowerCase().match(/[^\s:_]+/g) ?? []
  return all.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word))).toSorted(byName)
}

/** All custom emoji of the server, with who made them. */
export const CustomEmojiList = ({ close }: { close(): void }) => {
  const say = useText()
  const all = useSource(client.emoji.records)
  const { mayAdd } = useSource(emojiRights)
  const [term, setTerm] = useState('')
  const [most, setMost] = useState(PAGE)
  const [problem, setProblem] = useState('')
  const [isLoaded, setLoaded] = useState(false)
  useEffect(() => {
    client.emoji.open().then(
      () => setLoaded(true),
      (error: unknown) => setProblem(problemOf(error)),
    )
  }, [])
  const found = useMemo(() => matching(all, term), [all, term])
  return (
    <Dialog
      title={say('emoji.all')}
      hint={say('emoji.allHint')}
      size="large"
      onClose={close}
      actions={
        mayAdd && (
          <Button icon={SmilePlus} onClick={() => addEmoji.open()}>
            {say('emoji.add')}
          </Button>
        )
      }
    >
      <FormProblem text={problem} />
      <Field
        label={say('emoji.search')}
        type="search"
        autoComplete="off"
        value={term}
        onChange={(event) => {
          setTerm(event.target.value)
          setMost(PAGE)
        }}
      />
      {!isLoaded && problem === '' && <Busy />}
      {isLoaded && (
        <p className={styles.count} role="status">
          {found.length > 0 && say('emoji.count', { count: found.length })}
        </p>
      )}
      {isLoaded && found.length === 0 && (
        <EmptyState icon={Smile} title={say(term.trim() === '' ? 'emoji.noneYet' : 'emoji.none')} />
      )}
      {isLoaded && <Rows emoji={found.slice(0, most)} />}
      {isLoaded && found.length > most && (
        <Button kind="quiet" onClick={() => setMost(most + PAGE)}>
          {say('emoji.more')}
        </Button>
      )}
    </Dialog>
  )
}

const Rows = ({ emoji }: { emoji: readonly CustomEmoji[] }) => {
  const say = useText()
  // Those who are known already are not asked for again.
  useEffect(() => client.users.ensure(emoji.map(({ creator_id }) => creator_id)), [emoji])
  if (emoji.length === 0) return null
  return (
    <ul className={list.list} aria-label={say('emoji.all')}>
      {emoji.map((each) => (
        <Row key={each.id} emoji={each} />
      ))}
    </ul>
  )
}

const Row = ({ emoji }: { emoji: CustomEmoji }) => {
  const say = useText()
  const intl = useIntl()
  const { mayDeleteOwn, mayDeleteAll } = useSource(emojiRights)
  const isMine = useSource(client.myId) === emoji.creator_id
  const person = useSource(personName(emoji.creator_id))
  const date = intl.formatDate(emoji.create_at, { dateStyle: 'medium' })
  const mayDelete = mayDeleteAll || (isMine && mayDeleteOwn)
  return (
    <li className={list.row}>
      <CustomSign id={emoji.id} size={32} />
      <span className={list.words}>
        <span className={list.name}>:{emoji.name}:</span>
        <span className={list.side}>{say('emoji.madeBy', { person: person || '…', date })}</span>
      </span>
      {mayDelete && (
        <IconButton
          icon={Trash2}
          label={say('emoji.deleteNamed', { name: emoji.name })}
          onClick={() => deleteEmoji.open({ emoji })}
        />
      )}
    </li>
  )
}
