import { MessageSquare } from 'lucide-react'
import { useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { toConversation } from '../../../platform/navigation.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import styles from './Profile.module.css'

type ProfileProps = { userId: string; close(): void }

/** A person's profile, with a button to write to them. */
export const Profile = ({ userId, close }: ProfileProps) => {
  const say = useText()
  const user = useSource(client.users.records.at(userId))
  const name = useSource(personName(userId))
  const status = useSource(client.presence.records.at(userId))?.status ?? 'offline'
  useEffect(() => {
    client.users.ensure([userId])
    return client.presence.watch([userId])
  }, [userId])
  if (!user) return null
  const fullName = `${user.first_name} ${user.last_name}`.trim()
  return (
    <Dialog
      title={fullName || name}
      onClose={close}
      actions={
        <Button
          kind="primary"
          icon={MessageSquare}
          onClick={() => void attempt(() => toConversation([userId]))}
          autoFocus
        >
          {say('people.write')}
        </Button>
      }
    >
      <div className={styles.profile}>
        <Avatar id={userId} name={fullName || name} size={56} />
        <div>
          <p>@{user.username}</p>
          {user.nickname && <p>{user.nickname}</p>}
          {user.position && <p>{user.position}</p>}
          {user.email && (
            <p>
              <a href={`mailto:${user.email}`}>{user.email}</a>
            </p>
          )}
          <p className={styles.status}>
            {user.delete_at > 0 ? (
              say('people.deactivated')
            ) : (
              <>
                <StatusDot status={status} /> <span aria-hidden>{say(`status.${status}`)}</span>
              </>
            )}
          </p>
        </div>
      </div>
    </Dialog>
  )
}
