import type { Channel } from '@plausch/wire'
import { Eye } from 'lucide-react'
import { Suspense, useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { later } from '../../../platform/later.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Popover } from '../../../ui/Popover.tsx'
import styles from './Readers.module.css'
import { countReaders, readerCount } from './readers.ts'

/** The number is asked for when somebody stays in a channel, not while they walk through many. */
const STAY_MS = 1000

const Content = later(async () => (await import('./Readers.tsx')).Readers)

/** How many people can read what is written here; pressed, it tells who they are, and by which rule. */
export const ReadersChip = ({ channel }: { channel: Channel }) => {
  const say = useText()
  const count = useSource(readerCount(channel.id))
  // biome-ignore lint/correctness/useExhaustiveDependencies: not again with every new message
  useEffect(() => {
    const timer = setTimeout(() => void countReaders(channel).catch(() => undefined), STAY_MS)
    return () => clearTimeout(timer)
  }, [channel.id, channel.type])
  const label = count === undefined ? say('readers.title') : say('readers.count', { count })
  return (
    <Popover
      label={say('readers.title')}
      button={(props) => (
        <button
          type="button"
          {...props}
          className={styles.chip}
          aria-label={label}
          data-tip={say('readers.title')}
        >
          <Eye size={16} strokeWidth={1.75} aria-hidden />
          {count !== undefined && <span aria-hidden>{count}</span>}
        </button>
      )}
    >
      {(close) => (
        <div className={styles.pop}>
          <h2>{say('readers.title')}</h2>
          <Suspense fallback={<Busy />}>
            <Content channel={channel} close={close} />
          </Suspense>
        </div>
      )}
    </Popover>
  )
}
