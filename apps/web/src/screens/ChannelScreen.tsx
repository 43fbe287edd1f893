import { blockAt } from '@plausch/client'
import type { Team } from '@plausch/wire'
import { Suspense, useEffect, useState } from 'react'
import { goTo } from '../browser/path.ts'
import { useSource } from '../browser/use-source.ts'
import { ComposerPlace } from '../features/messages/drafts/ComposerPlace.tsx'
import { startEditing } from '../features/messages/posts/composing.ts'
import { MessageList } from '../features/messages/posts/MessageList.tsx'
import { firstUnread, startsAtNewest } from '../features/messages/posts/opening.ts'
import { placeLeft } from '../features/messages/posts/places-left.ts'
import { useAnnouncements } from '../features/messages/posts/use-announcements.ts'
import { Beginning } from '../features/places/channels/Beginning.tsx'
import { ChannelHeader } from '../features/places/channels/ChannelHeader.tsx'
import { useChannelRights } from '../features/places/channels/rights.ts'
import { useText } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import { afterMessages, later } from '../platform/later.ts'
import { channelName, channelPath } from '../platform/names.ts'
import { here } from '../platform/place.ts'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import styles from './ChannelScreen.module.css'

/** Messages are painted before the code of the composer is asked for. */
const Composer = later(
  async () => (await import('../features/messages/drafts/Composer.tsx')).Composer,
  afterMessages,
)

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
  const channel = useSource(client.channels.described(channelId))
  const name = useSource(channelName(channelId))
  const isDirect = channel?.type === 'D'
  const { mayPost } = useChannelRights(channelId)
  const { around, toNewest } = useOpening(channelId, target)
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
          toNewest={() => {
            if (target === '') toNewest()
            else if (channel) goTo(channelPath(team.name, channel))
          }}
        />
      </div>
      {mayPost ? (
        <div data-composer="">
          <ErrorBoundary part="composer" of={channelId}>
            <Suspense fallback={<ComposerPlace />}>
              <Composer
                key={channelId}
                channelId={channelId}
                placeholder={say(isDirect ? 'composer.toPerson' : 'composer.toChannel', { name })}
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

type Opening = { channelId: string; around: string }

/** Stands for the first unread post while it is being loaded: no part of the history has it. */
const UNREAD = '?'

/** A known channel in which much is new opens at its first new post, which may have to be loaded. */
const unreadIn = (channelId: string): string => {
  const block = blockAt(client.posts.timelines.one(channelId) ?? [], '')
  if (!block || !hasMuchNew(channelId)) return ''
  const readAt = readUntil(channelId)
  const first = client.posts.records.one(block.ids[0] ?? '')?.create_at ?? 0
  return block.hasStart || first <= readAt ? firstUnread(block.ids, readAt) : UNREAD
}
const readUntil = (channelId: string): number => client.members.mine.one(channelId)?.last_viewed_at ?? 0
const hasMuchNew = (channelId: string): boolean =>
  client.unreads.ofChannel(channelId).get().messages > NEWEST && !startsAtNewest()

/** A channel opens where the reader left it in this tab. */
const openingOf = (channelId: string): Opening => ({
  channelId,
  around: placeLeft(channelId)?.post ?? unreadIn(channelId),
})

/** Is a post in a known part of its channel's history? */
const isKnown = (channelId: string, post: string): boolean =>
  blockAt(client.posts.timelines.one(channelId) ?? [], post) !== undefined

/** The known posts of a channel, whether there are gaps between them or not. */
const idsIn = (channelId: string): string[] =>
  (client.posts.timelines.one(channelId) ?? []).flatMap((each) => each.ids)

/** Is the part of the first unread post to be loaded, and not the newest one? */
const isFarIn = (channelId: string): boolean => hasMuchNew(channelId) && !isKnown(channelId, '')

/** The first channel is asked for as soon as it is known: rendering the page takes as long as the answer. */
let ahead: { channelId: string; loads: number; work: Promise<void> } | undefined
const endFirst = client.loads.subscribe(() => {
  endFirst()
  const { place } = here.get()
  if (place.state !== 'channel' || place.target !== '') return
  const { channelId } = place
  ahead = { channelId, loads: client.loads.get(), work: client.posts.open(channelId, isFarIn(channelId)) }
  ahead.work.catch(() => undefined)
})

const openChannel = (channelId: string, toUnread: boolean): Promise<void> => {
  // While the page was rendered, the server may have answered: then what the copy had asked for is dropped.
  const isCurrent = ahead?.channelId === channelId && ahead.loads === client.loads.get()
  const begun = isCurrent ? ahead?.work : undefined
  ahead = undefined
  return begun ?? client.posts.open(channelId, toUnread)
}

/**
 * Loads the first part of a channel; returns the post around which the history is shown, '' for the newest.
 */
const useOpening = (channelId: string, target: string): { around: string; toNewest(): void } => {
  const loads = useSource(client.loads)
  const isCollapsed = useSource(client.isCollapsed)
  const [last, setOpening] = useState(() => openingOf(channelId))
  const opening = last.channelId === channelId ? last : openingOf(channelId)
  if (opening !== last) setOpening(opening)
  const { around } = opening

  // biome-ignore lint/correctness/useExhaustiveDependencies: updates the channel after every load of the start bundle, and when replies move into threads
  useEffect(() => {
    if (target !== '') return
    let isCurrent = true
    const open = async (): Promise<void> => {
      const readAt = readUntil(channelId)
      const isUnread = around === UNREAD
      const isFar = isUnread || (around === '' && isFarIn(channelId))
      try {
        await openChannel(channelId, isFar)
      } finally {
        if (isCurrent && (isUnread || (isFar && !isKnown(channelId, ''))))
          setOpening({ channelId, around: firstUnread(idsIn(channelId), readAt) })
      }
    }
    const openPlace = async (): Promise<void> => {
      if (around === '' || around === UNREAD || isKnown(channelId, around)) return
      await client.posts.loadAround(around).catch(() => undefined)
      // It was deleted, or is a reply in a thread now, or cannot be loaded.
      if (isCurrent && !isKnown(channelId, around)) setOpening({ channelId, around: '' })
    }
    // The connection notice reports it, and the next load tries again.
    open().catch(() => undefined)
    void openPlace()
    return () => {
      isCurrent = false
    }
  }, [channelId, target, loads, isCollapsed])

  return {
    around: target === '' ? around : target,
    toNewest() {
      setOpening({ channelId, around: '' })
      client.posts.open(channelId).catch(() => undefined)
    },
  }
}
