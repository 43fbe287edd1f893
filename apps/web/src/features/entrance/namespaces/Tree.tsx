import { type DirectoryBranch, namespaces as operations } from '@plausch/wire'
import { Folder, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Section } from '../../../platform/console/PageFrame.tsx'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import styles from './Namespaces.module.css'

type Adding = { add(base: string): void }

/** The directory's tree beside the teams and channels that follow from it. */
export const Tree = ({ add }: Adding) => {
  const say = useText()
  return (
    <Section title={say('namespaces.tree')} lead={say('namespaces.treeLead')}>
      <Branch base="" add={add} />
    </Section>
  )
}

/** One level; the ones below are read when somebody opens them. */
const Branch = ({ base, add }: Adding & { base: string }) => {
  const say = useText()
  const { value, problem, isBusy } = useAnswer(() => client.call(operations.tree, { query: { base } }), base)
  return (
    <>
      <FormProblem text={problem} />
      {!value && isBusy && <Busy />}
      {value?.entries.length === 0 && <p className={styles.soft}>{say('namespaces.empty')}</p>}
      {value && value.entries.length > 0 && (
        <ul className={styles.tree}>
          {value.entries.map((entry) => (
            <Entry key={entry.dn} entry={entry} add={add} />
          ))}
        </ul>
      )}
      {value && value.count > value.entries.length && (
        <p className={styles.soft}>
          {say('directory.andMore', { count: value.count - value.entries.length })}
        </p>
      )}
    </>
  )
}

const Entry = ({ entry, add }: Adding & { entry: DirectoryBranch['entries'][number] }) => {
  const say = useText()
  const [isOpen, setOpen] = useState(false)
  const isUnit = entry.kind === 'unit'
  const Icon = isUnit ? Folder : UsersRound
  return (
    <li>
      <div className={styles.entry}>
        <Icon size={16} strokeWidth={1.75} aria-hidden />
        {isUnit ? (
          <button
            type="button"
            className={styles.open}
            aria-expanded={isOpen}
            title={entry.dn}
            onClick={() => setOpen(!isOpen)}
          >
            {entry.name}
          </button>
        ) : (
          <span title={entry.dn}>{entry.name}</span>
        )}
        {entry.places.map(({ id, display_name }) => (
          <Tag key={id} kind="accent">
            {display_name}
          </Tag>
        ))}
        {isUnit && (
          <Button
            kind="quiet"
            aria-label={say('namespaces.addFor', { name: entry.name })}
            onClick={() => add(entry.dn)}
          >
            {say('namespaces.add')}
          </Button>
        )}
      </div>
      {isOpen && <Branch base={entry.dn} add={add} />}
    </li>
  )
}
