import { type Job, jobs as operations } from '@plausch/wire'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { Progress } from '../../../ui/Progress.tsx'
import { Table, type TableRow } from '../../../ui/Table.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { useAnswer } from '../../../ui/use-answer.ts'
import styles from './JobTable.module.css'
import { durationText, isRunning, jobTypeText, statusText } from './words.ts'

const PAGE = 20
/** There is no event for jobs: while one runs, somebody wants to see how far it is. */
const SOON_MS = 2000
const LATER_MS = 15_000

type JobTableProps = {
  caption: string
  /** Only jobs of this type, in this feature's words. */
  type?: string
  /** What a job has done, in a sentence. */
  said?(job: Job): string
  /** More about a job, below its row. */
  more?(job: Job): ReactNode
  /** Changes when somebody has started one. */
  begun?: number
  /** Is called when the last one that ran has ended. */
  ended?(): void
}

const listJobs = async (type: string, count: number): Promise<Job[]> => {
  const query = { page: 0, per_page: count }
  if (type === '') return await client.call(operations.list, { query })
  return await client.call(operations.listOfType, { params: { job_type: type }, query })
}

/** Jobs with their state, which follows what they do. */
export const JobTable = ({ caption, type = '', said, more, begun = 0, ended }: JobTableProps) => {
  const say = useText()
  const [count, setCount] = useState(PAGE)
  const {
    value: jobs,
    problem,
    isBusy: isAsking,
    again,
  } = useAnswer(() => listJobs(type, count), `${type} ${count} ${begun}`)
  const isBusy = jobs?.some(isRunning) ?? false
  // The next question waits for the answer to the last one: a slow server is not asked twice at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` asks the current question
  useEffect(() => {
    if (isAsking) return undefined
    const timer = setTimeout(again, isBusy ? SOON_MS : LATER_MS)
    return () => clearTimeout(timer)
  }, [isAsking, isBusy])
  const wasBusy = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: tells it once
  useEffect(() => {
    if (wasBusy.current && !isBusy) ended?.()
    wasBusy.current = isBusy
  }, [isBusy])
  const rowOf = useRow({ type, said, more }, again)

  if (!jobs && problem === '') return <Busy />
  if (jobs?.length === 0) return <EmptyState title={say('job.none')}>{say('job.noneLead')}</EmptyState>
  const columns = [
    ...(type === '' ? [say('job.type')] : []),
    ...[say('job.began'), say('job.state'), say('job.took'), say('job.done')],
  ]
  return (
    <div className={styles.jobs}>
      <FormProblem text={problem} />
      {jobs && <Table caption={caption} columns={columns} rows={jobs.map(rowOf)} />}
      {jobs?.length === count && (
        <Button onClick={() => setCount(count + PAGE * 4)}>{say('job.more')}</Button>
      )}
    </div>
  )
}

type Row = { type: string } & Pick<JobTableProps, 'said' | 'more'>

const useRow = ({ type, said, more }: Row, again: () => void): ((job: Job) => TableRow) => {
  const say = useText()
  const intl = useIntl()
  const cancel = (job: Job): void =>
    void attempt(async () => {
      await client.call(operations.cancel, { params: { job_id: job.id } })
      again()
    })
  return (job) => {
    const began = intl.formatDate(job.start_at || job.create_at, { dateStyle: 'medium', timeStyle: 'short' })
    const took = job.start_at > 0 ? job.last_activity_at - job.start_at : 0
    return {
      key: job.id,
      cells: [
        ...(type === '' ? [jobTypeText(say, job.type)] : []),
        began,
        <State key="state" job={job} cancel={() => cancel(job)} />,
        took > 0 ? durationText(intl, took) : '',
        said?.(job) ?? '',
      ],
      more: (
        <>
          <More job={job} />
          {more?.(job)}
        </>
      ),
    }
  }
}

const State = ({ job, cancel }: { job: Job; cancel(): void }) => {
  const say = useText()
  const { status, progress } = job
  const isBad = status === 'error' || status === 'warning'
  const mayManage = useSource(client.roles.permissions('')).has(`manage_${job.type}_job`)
  const mayEnd = mayManage && (status === 'pending' || status === 'in_progress')
  return (
    <span className={styles.state}>
      <Tag kind={isBad ? 'alarm' : isRunning(job) ? 'accent' : 'plain'}>{statusText(say, status)}</Tag>
      {status === 'in_progress' && (
        <Progress
          label={say('job.progress', { type: jobTypeText(say, job.type) })}
          isQuiet
          {...(progress >= 0 && { value: progress / 100 })}
        />
      )}
      {mayEnd && (
        <Button
          kind="quiet"
          aria-label={say('job.cancelNamed', { type: jobTypeText(say, job.type) })}
          onClick={cancel}
        >
          {say('job.cancel')}
        </Button>
      )}
    </span>
  )
}

/** What else the job says about itself. Only numbers and names, never contents. */
const More = ({ job: { data } }: { job: Job }) => {
  const say = useText()
  const { error = '', ...facts } = data
  const all = Object.entries(facts)
  return (
    <div className={styles.more}>
      {error !== '' && <p className={styles.error}>{error}</p>}
      {all.length > 0 && (
        <Disclosure title={say('job.facts')}>
          <dl className={styles.facts}>
            {all.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </Disclosure>
      )}
    </div>
  )
}
