/** What somebody writes in a place: the text here, the draft on this device and on the server. */
import { EMPTY, type Written } from '@plausch/client'
import type { PostPriority } from '@plausch/wire'
import { useEffect, useMemo, useRef, useState } from 'react'
import { client } from '../../../platform/client.ts'
import { fileIdsIn, placeOf, sent, showFilesOf } from '../uploads/attachments.ts'

/** Half a second after the last key, all devices should have the text. */
const SAVE_AFTER_MS = 250

export type Writing = {
  place: string
  text: string
  priority: PostPriority | undefined
  change(text: string): void
  setPriority(priority: PostPriority | undefined): void
  /** The text as it is now, also between two renderings. */
  now(): string
  /** What would be sent now. */
  written(): Written
  /** Empties everything, because it was sent. */
  clear(): void
}

type Latest = { text: string; priority: PostPriority | undefined }

export const useWriting = (channelId: string, rootId: string): Writing => {
  const place = placeOf(channelId, rootId)
  const source = useMemo(() => client.drafts.at(channelId, rootId), [channelId, rootId])
  const [shown, setShown] = useState<Latest>(() => {
    const { message, priority } = source.get()
    return { text: message, priority }
  })
  const latest = useRef(shown)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const written = (): Written => {
    const { text, priority } = latest.current
    return { message: text, fileIds: fileIdsIn(place), ...(priority && { priority }) }
  }
  const keep = (): void => {
    if (timer.current === undefined) return
    clearTimeout(timer.current)
    timer.current = undefined
    client.drafts.write(channelId, rootId, written())
  }
  const show = (next: Latest): void => {
    latest.current = next
    setShown(next)
  }
  const set = (next: Latest): void => {
    show(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(keep, SAVE_AFTER_MS)
  }

  // Shows what was written elsewhere, unless something is being written here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the draft of the place
  useEffect(() => {
    const adopt = (): void => {
      if (timer.current !== undefined) return
      const { message, priority, fileIds } = source.get()
      showFilesOf(place, fileIds)
      if (message === latest.current.text && priority === latest.current.priority) return
      show({ text: message, priority })
    }
    adopt()
    window.addEventListener('pagehide', keep)
    const ends = [source.subscribe(adopt), client.drafts.whileTyping(keep)]
    return () => {
      for (const end of ends) end()
      window.removeEventListener('pagehide', keep)
      keep()
    }
  }, [source])

  return {
    place,
    ...shown,
    change: (text) => set({ ...latest.current, text }),
    setPriority: (priority) => set({ ...latest.current, priority }),
    now: () => latest.current.text,
    written,
    clear() {
      clearTimeout(timer.current)
      timer.current = undefined
      show({ text: '', priority: undefined })
      sent(place)
      client.drafts.write(channelId, rootId, EMPTY)
    },
  }
}
