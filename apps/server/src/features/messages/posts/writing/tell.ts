/** Publishes written posts: `posted`, then the events of other features' parts. */
import type { Context } from '../../../../core/context.ts'
import { wakeQueue } from '../../../../core/own-effects.ts'
import type { UserRow } from '../../../people/users/index.ts'
import type { FileRow } from '../../files/index.ts'
import { shownPost } from '../records.ts'
import type { PostRow, ThreadedPost } from '../store.ts'
import { type Concerned, hearing, writingParts } from './part.ts'
import { type Outcome, resultOf } from './store.ts'

/** As in v4: every file is an "other" file, and pictures are announced in addition. */
const kindsOfFiles = (files: readonly FileRow[]): { otherFile?: 'true'; image?: 'true' } => ({
  ...(files.length > 0 ? { otherFile: 'true' } : {}),
  ...(files.some((file) => file.mime_type.startsWith('image/')) ? { image: 'true' } : {}),
})

/** The people whom the post concerns, according to the parts. Nobody acknowledges their own post. */
const concernedBy = (context: Context, outcome: Outcome, authorId: string): Required<Concerned> => {
  const all: Concerned[] = []
  for (const part of context.server.extensions.of(writingParts)) {
    const result = resultOf(part, outcome)
    if (result !== null && part.concerned) all.push(part.concerned(result as never))
  }
  const of = (kind: keyof Concerned) =>
    all.flatMap((each) => each[kind] ?? []).filter((id) => kind === 'mentions' || id !== authorId)
  return { mentions: of('mentions'), followers: of('followers') }
}

export type Told = { post: PostRow & Partial<ThreadedPost>; author: UserRow; setOnline: boolean }

/**
 * Announces a new post to the channel. The people whom it mentions, and those who follow its thread, learn
 * that from their own version of the event.
 */
export const tellPosted = (context: Context, { post, author, setOnline }: Told, outcome: Outcome): void => {
  const { mentions, followers } = concernedBy(context, outcome, author.id)
  const extra = new Map<string, { mentions?: string; followers?: string }>()
  for (const id of mentions) extra.set(id, { mentions: JSON.stringify([id]) })
  for (const id of followers) extra.set(id, { ...extra.get(id), followers: JSON.stringify([id]) })
  context.publish(
    'posted',
    {
      post: JSON.stringify(shownPost(post)),
      channel_type: outcome.channel_type ?? '',
      channel_name: outcome.channel_name ?? '',
      channel_display_name:
        outcome.channel_type === 'D' ? `@${author.username}` : (outcome.channel_display_name ?? ''),
      sender_name: `@${author.username}`,
      team_id: outcome.team_id ?? '',
      set_online: setOnline,
      ...kindsOfFiles(post.files ?? []),
    },
    {
      channel: post.channel_id,
      extra,
      // In a conversation every message mentions the others.
      acknowledge: new Set([...mentions, ...followers]),
      position: { after: outcome.previous_at, at: post.create_at },
    },
  )
  for (const queue of hearing(context.server, [post])) context.effect(wakeQueue, { queue, in_ms: 0 })
  const { found } = outcome
  for (const part of context.server.extensions.of(writingParts))
    part.tell?.(context, { post, found }, resultOf(part, outcome) as never)
}
