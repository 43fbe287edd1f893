/**
 * Of the tabs of a browser one rings: the leader. All tell it which channel somebody looks at, because a
 * focused tab may be another one.
 */
import { Value } from '@plausch/client'
import { attention } from '../../../platform/attention.ts'
import { hereChannelId } from '../../../platform/place.ts'

type Told = { kind: 'looking'; tab: string; channelId: string } | { kind: 'who' }

const isTold = (value: unknown): value is Told => {
  const kind = typeof value === 'object' && value !== null ? Reflect.get(value, 'kind') : undefined
  return kind === 'looking' || kind === 'who'
}

export type Lead = {
  isLeader(): boolean
  /** Does somebody look at this channel, in whichever tab? */
  isSeen(channelId: string): boolean
  end(): void
}

/** Holds a lock for as long as the page lives, or until `end` is called. */
const holdLock = (isLeader: Value<boolean>): (() => void) => {
  if (!('locks' in navigator)) {
    // Each tab is its own leader; the same tag makes their notices one.
    isLeader.set(true)
    return () => undefined
  }
  const off = new AbortController()
  let release = (): void => undefined
  navigator.locks
    .request('plausch/notices', { signal: off.signal }, () => {
      isLeader.set(true)
      return new Promise<void>((resolve) => {
        release = resolve
      })
    })
    // Ended before the lock was free.
    .catch(() => undefined)
  return () => {
    off.abort()
    release()
    isLeader.set(false)
  }
}

/** Joins the other tabs. */
export const joinTabs = (): Lead => {
  const tab = crypto.randomUUID()
  const looking = new Map<string, string>()
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('plausch/notices') : undefined
  const isLeader = new Value(false)
  const release = holdLock(isLeader)

  const tell = (): void => {
    const channelId = attention.get() ? hereChannelId.get() : ''
    looking.set(tab, channelId)
    channel?.postMessage({ kind: 'looking', tab, channelId } satisfies Told)
  }
  const onMessage = ({ data }: MessageEvent<unknown>): void => {
    if (!isTold(data)) return
    if (data.kind === 'who') tell()
    else looking.set(data.tab, data.channelId)
  }
  channel?.addEventListener('message', onMessage)
  channel?.postMessage({ kind: 'who' } satisfies Told)
  tell()
  const ends = [attention.subscribe(tell), hereChannelId.subscribe(tell)]
  const leave = (): void => channel?.postMessage({ kind: 'looking', tab, channelId: '' } satisfies Told)
  window.addEventListener('pagehide', leave)

  return {
    isLeader: isLeader.get,
    isSeen: (channelId) => [...looking.values()].includes(channelId),
    end() {
      window.removeEventListener('pagehide', leave)
      leave()
      for (const end of ends) end()
      channel?.close()
      release()
    },
  }
}
