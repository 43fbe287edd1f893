import { useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { isGuest } from '../../../platform/people.ts'
import { stayOf, wantStay } from './stays.ts'

/** A line of a guest's profile: until when they stay, and who invited them. */
export const GuestStay = ({ userId }: { userId: string }) => {
  const user = useSource(client.users.records.at(userId))
  return user && isGuest(user) ? <Line userId={userId} /> : null
}

const Line = ({ userId }: { userId: string }) => {
  const say = useText()
  const intl = useIntl()
  const stay = useSource(stayOf(userId))
  const inviterId = stay?.inviter_id ?? ''
  const inviter = useSource(personName(inviterId))
  useEffect(() => wantStay(userId), [userId])
  useEffect(() => client.users.ensure(inviterId === '' ? [] : [inviterId]), [inviterId])
  if (!stay) return null
  const end = intl.formatDate(stay.end_at, { dateStyle: 'long', timeStyle: 'short' })
  return (
    <div>
      <dt>{say('guests.end')}</dt>
      <dd>
        {stay.end_at === 0 ? say('guests.noEnd') : end}
        {inviter !== '' && `, ${say('guests.invitedBy', { name: inviter })}`}
      </dd>
    </div>
  )
}
