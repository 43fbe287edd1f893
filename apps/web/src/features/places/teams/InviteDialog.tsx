import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { type TextId, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { InviteByMail } from './InviteByMail.tsx'
import { InviteLink } from './InviteLink.tsx'
import { teamRights } from './rights.ts'
import styles from './TeamSettings.module.css'

type Way = 'link' | 'mail' | 'guests'
type InviteDialogProps = { teamId: string; close(): void }

const TITLES: Record<Way, TextId> = { link: 'invite.byLink', mail: 'invite.byMail', guests: 'invite.guests' }

/** Invites people into a team: by a link, by mail, or as guests of some channels. */
export const InviteDialog = ({ teamId, close }: InviteDialogProps) => {
  const say = useText()
  const team = useSource(client.teams.records.at(teamId))
  const { mayInvite, mayInviteGuests } = useSource(teamRights(teamId))
  const hasMail = useSource(client.settings.config).EnableEmailInvitations === 'true'
  const hasLink = mayInvite && team?.invite_id !== ''
  const ways = [
    ...(hasLink ? ['link' as const] : []),
    ...(mayInvite && hasMail ? ['mail' as const] : []),
    ...(mayInviteGuests && hasMail ? ['guests' as const] : []),
  ]
  const [chosen, choose] = useState<Way>()
  const way = chosen ?? ways[0]
  if (!team) return null
  const content = (
    <>
      {way === 'link' && (
        <>
          <p className={styles.note}>{say('invite.lead')}</p>
          <InviteLink team={team} />
          {!hasMail && <p className={styles.note}>{say('invite.noMail')}</p>}
        </>
      )}
      {way === 'mail' && <InviteByMail key="mail" teamId={teamId} forGuests={false} />}
      {way === 'guests' && <InviteByMail key="guests" teamId={teamId} forGuests />}
      {way === undefined && <p>{say('invite.none')}</p>}
    </>
  )
  return (
    <Dialog title={say('invite.title', { team: team.display_name })} size="large" onClose={close}>
      {way !== undefined && ways.length > 1 ? (
        <Tabs<Way>
          label={say('invite.way')}
          chosen={way}
          onChange={choose}
          tabs={ways.map((id) => ({ id, label: say(TITLES[id]) }))}
        >
          {content}
        </Tabs>
      ) : (
        content
      )}
    </Dialog>
  )
}
