import { memo } from 'react'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { ErrorBoundary } from '../../../ui/ErrorBoundary.tsx'
import { NoteLines } from '../notes/NoteLines.tsx'
import styles from './MessageList.module.css'
import { MessageRow } from './MessageRow.tsx'
import { PendingRow } from './PendingRow.tsx'
import type { Row } from './rows.ts'

type RowViewProps = {
  row: Row
  /** Does Tab focus it? */
  isStop: boolean
  /** Does it show its toolbar? */
  isActive: boolean
  isEditing: boolean
  /** Is it in the address? */
  isTarget: boolean
}

/** What a row that failed must differ in to be tried again. */
const contentOf = (row: Row): unknown => {
  if (row.kind === 'post') return row.post
  if (row.kind === 'pending') return row.pending
  return row.kind === 'system' ? row.posts.length : row.key
}

/**
 * One row of the list, of any kind. The list knows it by its key, which stays when a message is confirmed. If a
 * row fails, the others do not. A new message draws none of the others again (`useSameRows`).
 */
export const RowView = memo((props: RowViewProps) => {
  const { kind, key } = props.row
  return (
    <li
      data-key={key}
      data-movable={kind === 'date' || kind === 'line' ? '' : undefined}
      className={kind === 'post' || kind === 'pending' ? styles.item : undefined}
    >
      <ErrorBoundary part="message" of={contentOf(props.row)}>
        <RowContent {...props} />
      </ErrorBoundary>
    </li>
  )
})

const RowContent = ({ row, ...state }: RowViewProps) => {
  const say = useText()
  const intl = useIntl()
  switch (row.kind) {
    case 'date':
      return (
        <h2 className={styles.date}>
          <time dateTime={new Date(row.at).toISOString()}>
            {dayName(row.at, say('date.today'), say('date.yesterday'), intl)}
          </time>
        </h2>
      )
    case 'line':
      return (
        <div className={styles.line}>
          <span>{say('posts.line')}</span>
        </div>
      )
    case 'system':
      return <NoteLines posts={row.posts} />
    case 'pending':
      return <PendingRow pending={row.pending} post={row.post} isFollowing={row.isFollowing} />
    case 'post':
      return <MessageRow post={row.post} isFollowing={row.isFollowing} {...state} />
  }
}

type Formatter = { formatDate(value: number, options: Intl.DateTimeFormatOptions): string }

const dayName = (at: number, today: string, yesterday: string, intl: Formatter): string => {
  const day = new Date(at).toDateString()
  const now = new Date()
  const isThisYear = new Date(at).getFullYear() === now.getFullYear()
  if (day === now.toDateString()) return today
  now.setDate(now.getDate() - 1)
  if (day === now.toDateString()) return yesterday
  const year = isThisYear ? {} : { year: 'numeric' as const }
  return intl.formatDate(at, { weekday: 'long', day: 'numeric', month: 'long', ...year })
}
