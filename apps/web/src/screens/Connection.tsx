import { useEffect, useState, useSyncExternalStore } from 'react'
import { useSource } from '../browser/use-source.ts'
import { useText } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import styles from './Connection.module.css'

/** Shorter interruptions are not shown. */
const QUIET_MS = 2000

const watchNetwork = (listener: () => void): (() => void) => {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** A line that appears while the server cannot be reached. Messages that are sent meanwhile wait. */
export const Connection = () => {
  const say = useText()
  const status = useSource(client.connection)
  const isOnline = useSyncExternalStore(watchNetwork, () => navigator.onLine)
  const isLost = status !== 'open' || !isOnline
  const [isShown, setShown] = useState(false)

  useEffect(() => {
    if (!isLost) {
      setShown(false)
      return
    }
    const timer = setTimeout(() => setShown(true), QUIET_MS)
    return () => clearTimeout(timer)
  }, [isLost])

  return (
    <div role="status" className={styles.place}>
      {isShown && <p className={styles.line}>{say(isOnline ? 'connection.lost' : 'connection.offline')}</p>}
    </div>
  )
}
