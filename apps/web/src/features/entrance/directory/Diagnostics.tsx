import type { DirectoryDiagnostic, DirectorySample } from '@plausch/wire'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { type Say, useText } from '../../../i18n/text.ts'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { Table } from '../../../ui/Table.tsx'
import styles from './Directory.module.css'
import { isLabelled, labels } from './labels.ts'

/** What was found for each filter and attribute, with some of the entries. */
export const Diagnostics = ({ rows }: { rows: readonly DirectoryDiagnostic[] }) => {
  const say = useText()
  const samples = rows.find(({ test_name }) => test_name === 'IdAttribute')?.sample_results ?? []
  return (
    <>
      <Table
        caption={say('directory.trial')}
        columns={[
          say('directory.setting'),
          ...[say('directory.value'), say('directory.entries'), say('directory.verdict')],
        ]}
        rows={rows.map((row) => ({
          key: row.test_name,
          cells: [
            nameOf(say, row.test_name),
            <code key="value">{row.test_value}</code>,
            say('directory.entriesOf', { having: row.entries_with_value, all: row.total_count }),
            <Verdict key="verdict" row={row} />,
          ],
        }))}
      />
      {samples.map((sample) => (
        <Sample key={sample.dn} sample={sample} />
      ))}
    </>
  )
}

/** A setting that this client does not know keeps its key. */
const nameOf = (say: Say, key: string): string => (isLabelled(key) ? say(labels[key]) : key)

const Verdict = ({
  row: { error, message, entries_with_value, total_count },
}: {
  row: DirectoryDiagnostic
}) => {
  const say = useText()
  const lacking = total_count - entries_with_value
  const words =
    error !== '' && total_count > 0 && lacking > 0 ? say('directory.lacking', { count: lacking }) : error
  if (error !== '')
    return (
      <span className={styles.bad}>
        <TriangleAlert size={16} strokeWidth={2} aria-hidden /> {words}
      </span>
    )
  return (
    <span className={styles.good}>
      <CircleCheck size={16} strokeWidth={2} aria-hidden />{' '}
      {message ? say('directory.lacking', { count: lacking }) : say('directory.fine')}
    </span>
  )
}

/** An entry as an account would take it, and everything else that it has. */
const Sample = ({ sample }: { sample: DirectorySample }) => {
  const say = useText()
  const { available_attributes = {}, username = '', email = '', first_name = '', last_name = '' } = sample
  const name = [first_name, last_name].filter(Boolean).join(' ')
  return (
    <Disclosure title={name || username || sample.dn} note={[username && `@${username}`, email].join(' ')}>
      <dl className={styles.facts}>
        <div>
          <dt>DN</dt>
          <dd>{sample.dn}</dd>
        </div>
        {Object.entries(available_attributes).map(([attribute, value]) => (
          <div key={attribute}>
            <dt>{attribute}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.soft}>{say('directory.sampleHint')}</p>
    </Disclosure>
  )
}
