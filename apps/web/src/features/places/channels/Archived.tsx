import type { Channel } from '@plausch/wire'
import { useEffect, useMemo, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { loadAdmins } from './holders.ts'
import { reasonSource } from './rights.ts'
import { useReason } from './use-reason.ts'

/** Tells that the channel is archived, and restores it, or says who can. */
export const Archived = ({ channel }: { channel: Channel }) => {
  const say = useText()
  const why = useReason(useSource(useMemo(() => reasonSource(channel.id, 'restore'), [channel.id])))
  const [isBusy, setBusy] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for a channel
  useEffect(() => loadAdmins(channel), [channel.id])
  const restore = async (): Promise<void> => {
    setBusy(true)
    await attempt(() => client.channels.restore(channel.id))
    setBusy(false)
  }
  return (
    <Banner
      actions={
        why === '' && (
          <Button kind="quiet" isBusy={isBusy} onClick={() => void restore()}>
            {say('browse.restore')}
          </Button>
        )
      }
    >
      {say('channel.isArchived')} {why}
    </Banner>
  )
}
