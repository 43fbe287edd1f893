/** Opens a thread: loads it and its replies, and where to begin in it. */
import type { Post } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { teamOfThread } from './following.ts'

export type OpenedThread = {
  root: Post | undefined
  /** The root does not exist any more, or may not be read. */
  isMissing: boolean
  /** The reply around which the thread is shown; '' for the newest. */
  around: string
}

/** With this many unread replies, more than the first page is loaded, so that the line above them is there. */
const MANY = 40

/** Without followers, or where the reader is none of them, there is nothing to load. */
const fetchThread = async ({ id, channel_id, reply_count, is_following }: Post): Promise<void> => {
  if (client.threads.records.has(id) || reply_count === 0 || is_following === false) return
  await client.threads.fetch(teamOfThread(channel_id), id).catch(() => undefined)
}

const load = async (rootId: string, postId: string): Promise<void> => {
  const root = client.posts.records.one(rootId) ?? (await client.posts.loadAround(rootId))
  const isKnown = client.posts.replies.timelines.has(rootId)
  // What the reader had read decides where the line is: it must be known before the replies are.
  const following = fetchThread(root)
  if (postId !== '' && postId !== rootId) return await client.posts.replies.loadAround(rootId, postId)
  if (!isKnown) await following
  const unread = client.threads.records.one(rootId)?.unread_replies ?? 0
  await client.posts.replies.open(rootId, unread > MANY ? unread + MANY / 2 : 0)
}

export const useThread = (rootId: string, postId: string): OpenedThread => {
  const root = useSource(client.posts.records.at(rootId))
  const loads = useSource(client.loads)
  const [around, setAround] = useState('')
  const [isMissing, setMissing] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: again after every load of the start bundle
  useEffect(() => {
    let isCurrent = true
    load(rootId, postId).then(
      () => isCurrent && setAround(postId === rootId ? '' : postId),
      // Offline, the connection notice tells the reader, and the next load tries again.
      () => isCurrent && setMissing(!client.posts.records.has(rootId)),
    )
    return () => {
      isCurrent = false
    }
  }, [rootId, postId, loads])

  return { root, isMissing, around }
}
