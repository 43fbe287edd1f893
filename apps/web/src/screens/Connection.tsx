import { useEffect, useState } from 'react'
import { isOnline } from '../browser/network.ts'
import { useSource } from '../browser/use-source.ts'
import { useText } from '../i18n/text.ts'
import { isConnected } from '../platform/connection.ts'
import styles from './Connection.module.css'

/** Shorter interruptions are not shown. */
const QUIET_MS = 2000

/** A line that appears while the server cannot be reached. Messages that are sent meanwhile wait. */
export const Connection = () => {
  const say = useText()
  const hasNetwork = useSource(isOnline)
  const isLost = !useSource(isConnected)
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
      {isShown && <p className={styles.line}>{say(hasNetwork ? 'connection.lost' : 'connection.offline')}</p>}
    </div>
  )
}
