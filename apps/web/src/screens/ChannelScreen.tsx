import { blockAt } from '@plausch/client'
import type { Post, Team } from '@plausch/wire'
import { Suspense, useEffect, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { notify } from '../browser/notices.ts'
import { useSource } from '../browser/use-source.ts'
import { Composer } from '../features/messages/posts/Composer.tsx'
import { MessageList } from '../features/messages/posts/MessageList.tsx'
import type { MessageActions } from '../features/messages/posts/MessageToolbar.tsx'
import { useAnnouncements } from '../features/messages/posts/use-announcements.ts'
import { Beginning } from '../features/places/channels/Beginning.tsx'
import { ChannelHeader } from '../features/places/channels/ChannelHeader.tsx'
import { useChannelRights } from '../features/places/channels/rights.ts'
import { attempt, useText } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import { later } from '../platform/later.ts'
import { channelName, channelPath, postPath } from '../platform/names.ts'
import { PlaceContext } from '../ui/markdown/Markdown.tsx'
import styles from './ChannelScreen.module.css'

type ChannelScreenProps = {
  team: Team
  channelId: string
  /** The post in the URL; '' for none. */
  target: string
  isMembersOpen: boolean
  toggleMembers(): void
  openSettings(): void
  openInvite: (() => void) | undefined
  openDrawer(): void
  openProfile(userId: string): void
  left(): void
}

const focusComposer = (): void => document.querySelector<HTMLElement>('[data-composer] textarea')?.focus()

const DeletePost = later(async () => (await import('../features/messages/posts/DeletePost.tsx')).DeletePost)

/** One channel: its header, its messages, and the composer. */
export const ChannelScreen = ({ team, channelId, target, openProfile, ...header }: ChannelScreenProps) => {
  const say = useText()
  const [, navigate] = useLocation()
  const channel = useSource(client.channels.records.at(channelId))
  const name = useSource(channelName(channelId))
  const { mayPost } = useChannelRights(channelId)
  const [editing, setEditing] = useState('')
  const [replyingTo, setReplyingTo] = useState<Post>()
  const [deleting, setDeleting] = useState<Post>()
  const [returned, setReturned] = useState<{ text: string }>()
  const around = useOpening(channelId, target)
  const place = useMemo(() => ({ teamId: team.id, teamName: team.name }), [team.id, team.name])
  useAnnouncements(channelId)

  const actions = useMemo<MessageActions>(
    () => ({
      reply: setReplyingTo,
      edit: (post) => setEditing(post.id),
      editDone: () => {
        setEditing('')
        focusComposer()
      },
      remove: setDeleting,
      copyLink: (post) =>
        void copy(
          `${location.origin}${postPath(team.name, post.id)}`,
          say('post.linkCopied'),
          say('post.copyFailed'),
        ),
      copyText: (post) => void copy(post.message, say('post.textCopied'), say('post.copyFailed')),
      markUnread: (post) => void attempt(() => client.unreads.markUnread(post.id)),
      open: (postId) => navigate(postPath(team.name, postId)),
      person: openProfile,
    }),
    [team.name, say, navigate, openProfile],
  )

  const editLast = (): void => {
    const block = blockAt(client.posts.timelines.one(channelId) ?? [], '')
    const last = block?.ids.findLast((id) => {
      const post = client.posts.records.one(id)
      return post?.user_id === client.myId.get() && post.type === ''
    })
    if (last !== undefined) setEditing(last)
  }

  return (
    <PlaceContext value={place}>
      <ChannelHeader channelId={channelId} {...header} />
      <div
        className={styles.messages}
        data-landmark
        tabIndex={-1}
        role="region"
        aria-label={say('posts.in', { name })}
      >
        <MessageList
          key={`${channelId}/${target}`}
          channelId={channelId}
          label={say('posts.in', { name })}
          target={target}
          around={around}
          beginning={<Beginning channelId={channelId} />}
          editing={editing}
          actions={actions}
          toNewest={() => channel && navigate(channelPath(team.name, channel))}
          discard={(text) => setReturned({ text })}
        />
      </div>
      {mayPost ? (
        <div data-composer>
          <Composer
            key={channelId}
            channelId={channelId}
            placeholder={say(channel?.type === 'D' ? 'composer.toPerson' : 'composer.toChannel', { name })}
            replyingTo={replyingTo?.channel_id === channelId ? replyingTo : undefined}
            stopReplying={() => setReplyingTo(undefined)}
            editLast={editLast}
            takesFocus={target === ''}
            returned={returned}
          />
        </div>
      ) : (
        <p className={styles.closed}>
          {say((channel?.delete_at ?? 0) > 0 ? 'channel.isArchived' : 'channel.readOnly')}
        </p>
      )}
      {deleting && (
        <Suspense>
          <DeletePost
            post={deleting}
            close={() => setDeleting(undefined)}
            deleted={() => {
              setDeleting(undefined)
              // The message that had the focus is gone.
              requestAnimationFrame(focusComposer)
            }}
          />
        </Suspense>
      )}
    </PlaceContext>
  )
}

/** The newest page has this many posts; with more unread ones, a channel opens where the reader left off. */
const NEWEST = 50

/**
 * Loads the first part of a channel; returns the post around which the history is shown, '' for the newest.
 */
const useOpening = (channelId: string, target: string): string => {
  const loads = useSource(client.loads)
  const [opened, setOpened] = useState<{ channelId: string; around: string }>({ channelId: '', around: '' })

  // biome-ignore lint/correctness/useExhaustiveDependencies: updates the channel after every load of the start bundle
  useEffect(() => {
    if (target !== '') return
    let isCurrent = true
    const open = async (): Promise<void> => {
      const readAt = client.members.mine.one(channelId)?.last_viewed_at ?? 0
      const { messages } = client.unreads.ofChannel(channelId).get()
      const isFar = messages > NEWEST
      await client.posts.open(channelId, isFar)
      const block = blockAt(client.posts.timelines.one(channelId) ?? [], '')
      if (!isCurrent || !isFar || block) return
      const ids = (client.posts.timelines.one(channelId) ?? []).flatMap((each) => each.ids)
      const first = ids.find((id) => (client.posts.records.one(id)?.create_at ?? 0) > readAt)
      setOpened({ channelId, around: first ?? '' })
    }
    // The connection notice reports it, and the next load tries again.
    open().catch(() => undefined)
    return () => {
      isCurrent = false
    }
  }, [channelId, target, loads])

  if (target !== '') return target
  return opened.channelId === channelId ? opened.around : ''
}

const copy = async (text: string, done: string, failed: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    notify('done', done)
  } catch {
    notify('failed', `${failed} ${text}`)
  }
}
