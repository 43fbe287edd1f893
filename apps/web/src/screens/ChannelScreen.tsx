import { blockAt } from '@plausch/client'
import type { Team } from '@plausch/wire'
import { Suspense, useEffect, useState } from 'react'
import { goTo } from '../browser/path.ts'
import { useSource } from '../browser/use-source.ts'
import { ComposerPlace } from '../features/messages/drafts/ComposerPlace.tsx'
import { startEditing } from '../features/messages/posts/composing.ts'
import { MessageList } from '../features/messages/posts/MessageList.tsx'
import { firstUnread, startsAtNewest } from '../features/messages/posts/opening.ts'
import { useAnnouncements } from '../features/messages/posts/use-announcements.ts'
import { Beginning } from '../features/places/channels/Beginning.tsx'
import { ChannelHeader } from '../features/places/channels/ChannelHeader.tsx'
import { useChannelRights } from '../features/places/channels/rights.ts'
import { useText } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import { later } from '../platform/later.ts'
import { channelName, channelPath } from '../platform/names.ts'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import styles from './ChannelScreen.module.css'

/** Messages are painted before the code of the composer is there. */
const Composer = later(async () => (await import('../features/messages/drafts/Composer.tsx')).Composer)

type ChannelScreenProps = {
  team: Team
  channelId: string
  /** The post in the URL; '' for none. */
  target: string
}

/** Starts editing the reader's last message in a channel. */
const editLast = (channelId: string): void => {
  const block = blockAt(client.posts.timelines.one(channelId) ?? [], '')
  const last = block?.ids.findLast((id) => {
    const post = client.posts.records.one(id)
    return post?.user_id === client.myId.get() && post.type === ''
  })
  if (last !== undefined) startEditing(last)
}

/** One channel: its header, its messages, and the composer. */
export const ChannelScreen = ({ team, channelId, target }: ChannelScreenProps) => {
  const say = useText()
  const channel = useSource(client.channels.records.at(channelId))
  const name = useSource(channelName(channelId))
  const { mayPost } = useChannelRights(channelId)
  const around = useOpening(channelId, target)
  useAnnouncements(client.posts.timelines.at(channelId))

  return (
    <>
      <ChannelHeader channelId={channelId} />
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
          toNewest={() => channel && goTo(channelPath(team.name, channel))}
        />
      </div>
      {mayPost ? (
        <div data-composer="">
          <ErrorBoundary part="composer" of={channelId}>
            <Suspense fallback={<ComposerPlace />}>
              <Composer
                key={channelId}
                channelId={channelId}
                placeholder={say(channel?.type === 'D' ? 'composer.toPerson' : 'composer.toChannel', {
                  name,
                })}
                editLast={() => editLast(channelId)}
                takesFocus={target === ''}
              />
            </Suspense>
          </ErrorBoundary>
        </div>
      ) : (
        <p className={styles.closed}>
          {say((channel?.delete_at ?? 0) > 0 ? 'channel.isArchived' : 'channel.readOnly')}
        </p>
      )}
    </>
  )
}

/** The newest page has this many posts; with more unread ones, a channel opens where the reader left off. */
const NEWEST = 50

/**
 * Loads the first part of a channel; returns the post around which the history is shown, '' for the newest.
 */
const useOpening = (channelId: string, target: string): string => {
  const loads = useSource(client.loads)
  const isCollapsed = useSource(client.isCollapsed)
  const [opened, setOpened] = useState<{ channelId: string; around: string }>({ channelId: '', around: '' })

  // biome-ignore lint/correctness/useExhaustiveDependencies: updates the channel after every load of the start bundle, and when replies move into threads
  useEffect(() => {
    if (target !== '') return
    let isCurrent = true
    const open = async (): Promise<void> => {
      const readAt = client.members.mine.one(channelId)?.last_viewed_at ?? 0
      const { messages } = client.unreads.ofChannel(channelId).get()
      const isFar = messages > NEWEST && !startsAtNewest()
      await client.posts.open(channelId, isFar)
      const block = blockAt(client.posts.timelines.one(channelId) ?? [], '')
      if (!isCurrent || !isFar || block) return
      const ids = (client.posts.timelines.one(channelId) ?? []).flatMap((each) => each.ids)
      setOpened({ channelId, around: firstUnread(ids, readAt) })
    }
    // The connection notice reports it, and the next load tries again.
    open().catch(() => undefined)
    return () => {
      isCurrent = false
    }
  }, [channelId, target, loads, isCollapsed])

  if (target !== '') return target
  return opened.channelId === channelId ? opened.around : ''
}
