import { useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { AnchoredPopover } from '../../../ui/Popover.tsx'
import { ProfileCard } from './ProfileCard.tsx'

type ProfileProps = {
  userId: string
  /** It opens beside this; without it, and on phones, it is a dialog. */
  anchor?: Element | DOMRect
  close(): void
}

const isPhone = (): boolean => matchMedia('(width < 600px)').matches

/** A person's profile, beside what was pressed. */
export const Profile = ({ userId, anchor, close }: ProfileProps) => {
  const user = useSource(client.users.records.at(userId))
  const name = useSource(personName(userId))
  useEffect(() => {
    client.users.ensure([userId])
    const { FeatureFlagCustomProfileAttributes: hasAttributes } = client.settings.config.get()
    if (hasAttributes !== 'false') void attempt(() => client.attributes.open(userId))
    return client.presence.watch([userId])
  }, [userId])
  if (!user) return null
  if (!anchor || isPhone()) {
    return (
      <Dialog title={name} onClose={close}>
        <ProfileCard user={user} isInDialog close={close} />
      </Dialog>
    )
  }
  return (
    <AnchoredPopover label={name} anchor={anchor} onClose={close}>
      <ProfileCard user={user} close={close} />
    </AnchoredPopover>
  )
}
