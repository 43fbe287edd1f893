import { useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { Tag } from '../../../ui/Tag.tsx'
import { stayOf, wantStay } from './stays.ts'

/** In lists: the last day of a guest, for those who may know it. */
export const GuestUntil = ({ userId }: { userId: string }) => {
  const say = useText()
  const intl = useIntl()
  const stay = useSource(stayOf(userId))
  useEffect(() => wantStay(userId), [userId])
  if (!stay || stay.end_at === 0) return null
  return <Tag>{say('guests.untilDay', { day: intl.formatDate(stay.end_at, { dateStyle: 'medium' }) })}</Tag>
}
