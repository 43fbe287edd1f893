/**
 * Posts that are being sent. Each has a `pending_post_id` that the server accepts once, so a repeated call
 * makes no second post. Within a channel posts are sent one after the other, in the order in which they were
 * written; temporary failures are retried.
 */
import { posts as operations, type Post, type PostPriority } from '@plausch/wire'
import { ApiFault } from '../../api.ts'
import { Collection } from '../../source.ts'
import type { Context } from '../noun.ts'

export type Pending = {
  pendingId: string
  channelId: string
  rootId: string
  message: string
  /** Attached files, which the server already has. */
  fileIds?: readonly string[]
  priority?: PostPriority
  /** When it was written, by this machine's clock. */
  at: number
  /** `waiting` until the server is reachable; `failed` until its author decides. */
  state: 'sending' | 'waiting' | 'failed'
  /** Why it failed, in the server's words. */
  problem?: string
}

const RETRY_MS = 5000

export const createOutbox = ({ call, me, now, storage, track }: Context, confirmed: (post: Post) => void) => {
  const byChannel = new Collection<readonly Pending[]>()
  const busy = new Set<string>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  const storageKey = (): string => `outbox/${me()}`
  const keep = (): void => {
    const all = byChannel.get().flat()
    if (all.length === 0) storage.remove(storageKey())
    else storage.set(storageKey(), JSON.stringify(all))
  }

  const change = (channelId: string, edit: (list: readonly Pending[]) => readonly Pending[]): void => {
    const next = edit(byChannel.one(channelId) ?? [])
    if (next.length === 0) byChannel.delete(channelId)
    else byChannel.set(channelId, next)
    keep()
  }

  const mark = (pending: Pending, state: Pending['state'], problem?: string): void =>
    change(pending.channelId, (list) =>
      list.map((each) => (each.pendingId === pending.pendingId ? { ...each, state, problem } : each)),
    )

  const drop = (channelId: string, pendingId: string): void =>
    change(channelId, (list) => list.filter((each) => each.pendingId !== pendingId))

  const attempt = async (pending: Pending): Promise<boolean> => {
    const { channelId, rootId, message, pendingId } = pending
    mark(pending, 'sending')
    const { fileIds = [], priority } = pending
    const body = {
      ...{ channel_id: channelId, root_id: rootId, message, pending_post_id: pendingId },
      ...(fileIds.length > 0 && { file_ids: [...fileIds] }),
      ...(priority && { metadata: { priority } }),
    }
    try {
      confirmed(await call(operations.create, { body }))
      return true
    } catch (error) {
      const fault = error instanceof ApiFault ? error : new ApiFault('client.broken', 0, String(error))
      mark(pending, fault.isPassing ? 'waiting' : 'failed', fault.message)
      if (fault.isPassing) later(channelId)
      return !fault.isPassing
    }
  }

  const later = (channelId: string): void => {
    clearTimeout(timers.get(channelId))
    timers.set(
      channelId,
      setTimeout(() => flush(channelId), RETRY_MS),
    )
  }

  const run = async (channelId: string): Promise<void> => {
    if (busy.has(channelId)) return
    busy.add(channelId)
    try {
      for (;;) {
        const next = byChannel.one(channelId)?.find(({ state }) => state !== 'failed')
        if (!next || !(await attempt(next))) return
      }
    } finally {
      busy.delete(channelId)
    }
  }

  const flush = (channelId: string): void => track(run(channelId))

  return {
    byChannel,
    send(
      channelId: string,
      message: string,
      rootId = '',
      more: Pick<Pending, 'fileIds' | 'priority'> = {},
    ): Pending {
      const random = Math.random().toString(36).slice(2, 10)
      const pendingId = `${me()}:${now()}${random}`
      const pending: Pending = { pendingId, channelId, rootId, message, ...more, at: now(), state: 'sending' }
      change(channelId, (list) => [...list, pending])
      flush(channelId)
      return pending
    },
    retry(channelId: string, pendingId: string): void {
      const pending = byChannel.one(channelId)?.find((each) => each.pendingId === pendingId)
      if (!pending || pending.state === 'sending') return
      mark(pending, 'waiting')
      flush(channelId)
    },
    discard: drop,
    /** One of my posts has arrived, by its reply or by its event. */
    settle(post: Post): void {
      const list = byChannel.one(post.channel_id) ?? []
      if (post.pending_post_id !== '' && list.some(({ pendingId }) => pendingId === post.pending_post_id)) {
        drop(post.channel_id, post.pending_post_id)
      }
    },
    /** The server is reachable again. */
    resume(): void {
      for (const channelId of byChannel.keys()) flush(channelId)
    },
    /** Restores posts that were unsent when the client was closed. */
    restore(): void {
      for (const pending of readKept(storage.get(storageKey()))) {
        const known = byChannel.one(pending.channelId) ?? []
        if (known.some(({ pendingId }) => pendingId === pending.pendingId)) continue
        const state = pending.state === 'failed' ? 'failed' : 'waiting'
        byChannel.set(pending.channelId, [...known, { ...pending, state }])
      }
    },
    clear(): void {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      byChannel.clear()
    },
    forget: () => storage.remove(storageKey()),
  }
}

const isPending = (value: unknown): value is Pending =>
  typeof value === 'object' &&
  value !== null &&
  'pendingId' in value &&
  ['pendingId', 'channelId', 'rootId', 'message', 'state'].every(
    (name) => typeof Reflect.get(value, name) === 'string',
  ) &&
  typeof Reflect.get(value, 'at') === 'number'

const readKept = (text: string | null): Pending[] => {
  try {
    const value = JSON.parse(text ?? '[]') as unknown
    return Array.isArray(value) ? value.filter(isPending) : []
  } catch {
    return []
  }
}

export type Outbox = ReturnType<typeof createOutbox>
