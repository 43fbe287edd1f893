import { ArrowLeft, Bell, BellOff, Link2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { backPane, closePane, previousPane } from '../../../platform/panes.ts'
import { threadChannelId } from '../../../platform/threading.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { IconButton } from '../../../ui/Button.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Pane } from '../../../ui/Pane.tsx'
import { Composer } from '../../messages/drafts/Composer.tsx'
import { startEditing } from '../../messages/posts/composing.ts'
import { copyPostLink } from '../../messages/posts/copying.ts'
import { ThreadContext } from '../../messages/posts/place-of-rows.ts'
import { useChannelRights } from '../../places/channels/rights.ts'
import { follow, isFollowed } from './following.ts'
import { ThreadMessages } from './ThreadMessages.tsx'
import styles from './ThreadPane.module.css'
import { useThread } from './use-thread.ts'

type ThreadPaneProps = { rootId: string; postId: string }

/** Starts editing the reader's last reply in a thread. */
const editLast = (rootId: string): void => {
  const ids = (client.posts.replies.timelines.one(rootId) ?? []).flatMap((block) => block.ids)
  const last = ids.findLast((id) => client.posts.records.one(id)?.user_id === client.myId.get())
  if (last !== undefined) startEditing(last)
}

/** A thread: the message, its replies, and a field to answer. */
export const ThreadPane = ({ rootId, postId }: ThreadPaneProps) => {
  const say = useText()
  const { root, isMissing, around } = useThread(rootId, postId)
  const channelId = root?.channel_id ?? ''
  const channel = useSource(client.channels.described(channelId))
  const name = useSource(channelName(channelId))
  const { mayPost } = useChannelRights(channelId)
  const before = useSource(previousPane)
  const isFollowing = useFollowing(rootId)
  useEffect(() => {
    threadChannelId.set(channelId)
    return () => threadChannelId.set('')
  }, [channelId])
  // A thread whose channel was left, or that was deleted, closes.
  const wasThere = useRef(false)
  wasThere.current ||= root !== undefined
  useEffect(() => {
    if (wasThere.current && !root) closePane()
  }, [root])

  return (
    <div className={styles.pane} data-thread={rootId}>
      <ThreadContext value={rootId}>
        <Pane
          title={say('thread.title')}
          subtitle={name}
          onClose={closePane}
          actions={
            <>
              {before && <IconButton icon={ArrowLeft} label={say('pane.back')} onClick={backPane} />}
              {root && (
                <>
                  <IconButton
                    icon={isFollowing ? BellOff : Bell}
                    label={say(isFollowing ? 'thread.unfollow' : 'thread.follow')}
                    onClick={() => void attempt(() => follow(root, !isFollowing))}
                  />
                  <IconButton
                    icon={Link2}
                    label={say('post.copyLink')}
                    onClick={() => void copyPostLink(rootId)}
                  />
                </>
              )}
            </>
          }
          foot={
            root &&
            mayPost && (
              <div data-composer={rootId} className={styles.composer}>
                <Composer
                  key={rootId}
                  channelId={channelId}
                  rootId={rootId}
                  placeholder={say('thread.answer')}
                  editLast={() => editLast(rootId)}
                  takesFocus={postId === ''}
                />
              </div>
            )
          }
        >
          <div className={styles.body}>
            {root ? (
              <ThreadMessages
                key={`${rootId}/${postId}`}
                root={root}
                label={say('thread.in', { name })}
                target={postId}
                around={around}
              />
            ) : isMissing ? (
              <EmptyState title={say('thread.missing')} />
            ) : (
              <Busy />
            )}
            {root && (channel?.delete_at ?? 0) > 0 && (
              <p className={styles.closed}>{say('channel.isArchived')}</p>
            )}
          </div>
        </Pane>
      </ThreadContext>
    </div>
  )
}

const useFollowing = (rootId: string): boolean => {
  const post = useSource(client.posts.records.at(rootId))
  useSource(client.threads.records.at(rootId))
  return post !== undefined && isFollowed(post, (source) => source.get())
}
