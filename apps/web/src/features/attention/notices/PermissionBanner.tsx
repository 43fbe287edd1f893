import { useState } from 'react'
import { desktopApp } from '../../../browser/desktop-app.ts'
import { storage } from '../../../browser/storage.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { isConnected } from '../../../platform/connection.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { permission } from './permission.ts'
import { hasWritten } from './written.ts'

const ASKED = 'notices/asked'

/**
 * Offers notices to people who have written something. The browser's own question comes only after their
 * press; whoever declines here is not asked again on this device.
 */
export const PermissionBanner = () => {
  const say = useText()
  const wrote = useSource(hasWritten)
  const level = useSource(client.me)?.notify_props.desktop
  // Without a connection, that is what the top of the messages tells.
  const isHeard = useSource(isConnected)
  const [isDone, setDone] = useState(() => storage.get(ASKED) === 'true')
  if (!wrote || !isHeard || isDone || desktopApp || level === 'none' || permission() !== 'default')
    return null
  const done = (): void => {
    storage.set(ASKED, 'true')
    setDone(true)
  }
  const ask = (): void => {
    // Whatever the answer is, it can be changed in the browser only.
    void Notification.requestPermission().finally(done)
  }
  return (
    <Banner
      onClose={done}
      actions={
        <Button kind="quiet" onClick={ask}>
          {say('notices.allow')}
        </Button>
      }
    >
      {say('notices.offer')}
    </Banner>
  )
}
