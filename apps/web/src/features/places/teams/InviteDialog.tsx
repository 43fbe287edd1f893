import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'

type InviteDialogProps = { teamId: string; close(): void }

/** The link by which new people join a team. Without the right to invite there is no link. */
export const InviteDialog = ({ teamId, close }: InviteDialogProps) => {
  const say = useText()
  const team = useSource(client.teams.records.at(teamId))
  const config = useSource(client.settings.config)
  const field = useRef<HTMLInputElement>(null)
  const [isCopied, setCopied] = useState(false)
  const site = (config.SiteURL || location.origin).replace(/\/$/, '')
  const link = `${site}/signup_user_complete/?id=${team?.invite_id ?? ''}`

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

  return (
    <Dialog
      title={say('invite.title', { team: team?.display_name ?? '' })}
      hint={say('invite.lead')}
      onClose={close}
      actions={
        <Button kind="primary" icon={isCopied ? Check : Copy} onClick={() => void copy()}>
          {say(isCopied ? 'invite.copied' : 'invite.copy')}
        </Button>
      }
    >
      <Field
        ref={field}
        label={say('invite.link')}
        hint={say('invite.hint')}
        readOnly
        autoFocus
        value={link}
        onFocus={(event) => event.target.select()}
      />
    </Dialog>
  )
}
