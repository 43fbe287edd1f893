import { teams as operations, type Team } from '@plausch/wire'
import { Check, Copy, RefreshCw } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Confirm } from '../../../ui/Confirm.tsx'
import { Field } from '../../../ui/Field.tsx'
import { teamRights } from './rights.ts'
import styles from './TeamSettings.module.css'

/** The link by which new people join a team: to copy, and to replace by a new one. */
export const InviteLink = ({ team }: { team: Team }) => {
  const say = useText()
  const config = useSource(client.settings.config)
  const { mayManage } = useSource(teamRights(team.id))
  const field = useRef<HTMLInputElement>(null)
  const [isCopied, setCopied] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const site = (config.SiteURL || location.origin).replace(/\/$/, '')
  const link = `${site}/signup_user_complete/?id=${team.invite_id}`

  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 3000)
    return () => clearTimeout(timer)
  }, [isCopied])

  const copy = async (): Promise<void> => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(link)
      setCopied(true)
    } catch {
      // Without HTTPS there is no clipboard; the link is selected, so that people can copy it by keyboard.
      setCopied(false)
    }
  }
  const renew = async (): Promise<void> =>
    client.teams.put(await client.call(operations.regenerateInvite, { params: { team_id: team.id } }))

  return (
    <div>
      <Field
        ref={field}
        label={say('invite.link')}
        hint={say('invite.hint')}
        readOnly
        value={link}
        onFocus={(event) => event.target.select()}
      />
      <div className={styles.row}>
        <Button kind="primary" icon={isCopied ? Check : Copy} onClick={() => void attempt(copy)}>
          {say(isCopied ? 'invite.copied' : 'invite.copy')}
        </Button>
        {mayManage && (
          <Button kind="quiet" icon={RefreshCw} onClick={() => setAsking(true)}>
            {say('invite.renew')}
          </Button>
        )}
      </div>
      {isAsking && (
        <Confirm
          title={say('invite.renewTitle')}
          lead={say('invite.renewLead')}
          action={say('invite.renew')}
          isDanger
          run={renew}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}
