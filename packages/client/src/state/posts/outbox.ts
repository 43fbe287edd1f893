/**
 * Posts that are being sent. Each has a `pending_post_id` that the server accepts once, so a repeated call
 * makes no second post. Within a channel posts are sent one after the other, in the order in which they were
 * written; temporary failures are retried.
 */
import { posts as operations, type Post, type PostPriority } from '@plausch/wire'
import { ApiFault } from '../../api.ts'
import { Collection } from '../../source.ts'
import { createLanes } from '../lanes.ts'
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

/** The pending posts by channel, oldest first. */
const createList = () => {
  const byChannel = new Collection<readonly Pending[]>()
  const change = (channelId: string, edit: (list: readonly Pending[]) => readonly Pending[]): void => {
    const next = edit(byChannel.one(channelId) ?? [])
    if (next.length === 0) byChannel.delete(channelId)
    else byChannel.set(channelId, next)
  }
  return {
    byChannel,
    find: (channelId: string, pendingId: string): Pending | undefined =>
      byChannel.one(channelId)?.find((each) => each.pendingId === pendingId),
    add: (pending: Pending): void =>
      change(pending.channelId, (list) => [...list, pending].sort((a, b) => a.at - b.at)),
    mark(pending: Pending, state: Pending['state'], problem?: string): Pending {
      const marked = { ...pending, state, problem }
      change(pending.channelId, (list) =>
        list.map((each) => (each.pendingId === pending.pendingId ? marked : each)),
      )
      return marked
    },
    remove: (channelId: string, pendingId: string): void =>
      change(channelId, (list) => list.filter((each) => each.pendingId !== pendingId)),
  }
}

type List = ReturnType<typeof createList>

/** Sends posts; `confirmed` gets each that the server has accepted. */
const createSending = (context: Context, list: List, confirmed: (post: Post) => void) => {
  const { byChannel, find, mark, remove } = list

  const drop = (channelId: string, pendingId: string): void => {
    if (!find(channelId, pendingId)) return
    remove(channelId, pendingId)
    lanes.drop(pendingId)
  }

  const send = async (pending: Pending): Promise<boolean> => {
    const { channelId, rootId, message, pendingId, fileIds = [], priority } = pending
    mark(pending, 'sending')
    const body = {
      ...{ channel_id: channelId, root_id: rootId, message, pending_post_id: pendingId },
      ...(fileIds.length > 0 && { file_ids: [...fileIds] }),
      ...(priority && { metadata: { priority } }),
    }
    try {
      confirmed(await context.call(operations.create, { body }))
      drop(channelId, pendingId)
      return true
    } catch (error) {
      const fault = error instanceof ApiFault ? error : new ApiFault('client.broken', 0, String(error))
      // After the session has ended, the person may sign in again.
      const mayPass = fault.isPassing || fault.status === 401
      const marked = mark(pending, mayPass ? 'waiting' : 'failed', fault.message)
      if (!mayPass) lanes.store(pendingId, marked)
      return !mayPass
    }
  }

  const lanes = createLanes<Pending>(context, {
    table: 'outbox',
    next(channelId) {
      const pending = byChannel.one(channelId)?.find(({ state }) => state !== 'failed')
      return pending && { id: pending.pendingId, item: pending }
    },
    send,
    gone: ({ channelId, pendingId }) => remove(channelId, pendingId),
  })
  return { lanes, drop }
}

/** `confirmed` gets each post that the server has accepted. */
export const createOutbox = (context: Context, confirmed: (post: Post) => void) => {
  const { me, now } = context
  const list = createList()
  const { byChannel, find, add, mark } = list
  const { lanes, drop } = createSending(context, list, confirmed)
  let last = 0

  return {
    byChannel,
    send(
      channelId: string,
      message: string,
      rootId = '',
      more: Pick<Pending, 'fileIds' | 'priority'> = {},
    ): Pending {
      // Two posts of one moment keep their order.
      last = Math.max(now(), last + 1)
      const random = Math.random().toString(36).slice(2, 10)
      const pendingId = `${me()}:${last}${random}`
      const pending: Pending = { pendingId, channelId, rootId, message, ...more, at: last, state: 'sending' }
      add(pending)
      lanes.add(channelId, pendingId, pending)
      return pending
    },
    retry(channelId: string, pendingId: string): void {
      const pending = find(channelId, pendingId)
      if (!pending || pending.state === 'sending') return
      lanes.store(pendingId, mark(pending, 'waiting'))
      lanes.flush(channelId)
    },
    discard: drop,
    /** One of my posts has arrived, by its reply or by its event. */
    settle(post: Post): void {
      if (post.pending_post_id !== '') drop(post.channel_id, post.pending_post_id)
    },
    /** The server is reachable again. */
    resume(): void {
      for (const channelId of byChannel.keys()) lanes.flush(channelId)
    },
    /** Takes over stored posts that this client does not have: after a restart, or of other tabs. */
    async adopt(): Promise<void> {
      const stored = [...(await lanes.stored()).values()].filter(isPending)
      for (const pending of stored) {
        last = Math.max(last, pending.at)
        if (find(pending.channelId, pending.pendingId)) continue
        add({ ...pending, state: pending.state === 'failed' ? 'failed' : 'waiting' })
      }
    },
    putAside: lanes.putAside,
    forget: lanes.forget,
    clear(): void {
      lanes.clear()
      byChannel.clear()
    },
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

export type Outbox = ReturnType<typeof createOutbox>
