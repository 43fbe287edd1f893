import { useEffect, useState } from 'react'
import { useSource } from '../browser/use-source.ts'
import { useText } from '../i18n/text.ts'
import { whenIdle } from '../platform/later.ts'
import { newVersion, reloadIntoNewVersion, startServiceWorker } from '../platform/service-worker.ts'
import { Button } from '../ui/Button.tsx'
import styles from './NewVersion.module.css'

/**
 * Watches for new versions of this client, from when the page is painted. While the server has one, it quietly
 * offers to reload the page. Nobody has to take it.
 */
export const NewVersion = () => {
  const say = useText()
  const version = useSource(newVersion)
  const [declined, decline] = useState<ServiceWorker>()
  useEffect(() => {
    if (import.meta.env.PROD) whenIdle(startServiceWorker)
  }, [])
  const isOffered = version !== undefined && version !== declined
  return (
    <div role="status" className={styles.place}>
      {isOffered && (
        <p className={styles.offer}>
          <span>{say('update.ready')}</span>
          <Button kind="quiet" onClick={() => decline(version)}>
            {say('update.later')}
          </Button>
          <Button onClick={reloadIntoNewVersion}>{say('update.reload')}</Button>
        </p>
      )}
    </div>
  )
}
