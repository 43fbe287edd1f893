import { useState } from 'react'
import { useSource } from '../browser/use-source.ts'
import { useText } from '../i18n/text.ts'
import { newVersion, reloadIntoNewVersion } from '../platform/service-worker.ts'
import { Button } from '../ui/Button.tsx'
import styles from './NewVersion.module.css'

/** A quiet offer to reload the page, while the server has a new version. Nobody has to take it. */
export const NewVersion = () => {
  const say = useText()
  const version = useSource(newVersion)
  const [declined, decline] = useState<ServiceWorker>()
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
