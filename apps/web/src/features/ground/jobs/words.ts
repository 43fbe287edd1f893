/** Jobs in words. */
import { type Job, type JobStatus, jobStatuses } from '@plausch/wire'
import type { IntlShape } from '../../../i18n/intl.ts'
import type { Say, TextId } from '../../../i18n/text.ts'

const RUNNING: readonly string[] = ['pending', 'in_progress', 'cancel_requested'] satisfies JobStatus[]

export const isRunning = ({ status }: Job): boolean => RUNNING.includes(status)

export const statusText = (say: Say, status: string): string =>
  jobStatuses.some((each) => each === status) ? say(`job.status.${status as JobStatus}`) : status

const TYPES: Record<string, TextId> = { ldap_sync: 'job.type.ldap_sync' }

/** A type that this client does not know keeps its technical name. */
export const jobTypeText = (say: Say, type: string): string => (TYPES[type] ? say(TYPES[type]) : type)

/** Seconds, or minutes from two of them on. */
export const durationText = (intl: IntlShape, ms: number): string =>
  ms < 120_000
    ? intl.formatNumber(ms / 1000, { style: 'unit', unit: 'second', maximumFractionDigits: 1 })
    : intl.formatNumber(ms / 60_000, { style: 'unit', unit: 'minute', maximumFractionDigits: 0 })
