import type { Post } from '@plausch/wire'
import { CircleDot, Copy, EllipsisVertical, Link2, MessageSquareReply, Pencil, Trash2 } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { Menu, type MenuItem } from '../../../ui/Menu.tsx'
import styles from './MessageRow.module.css'

/** Actions on a message; the list supplies them, the same for all rows. */
export type MessageActions = {
  reply(post: Post): void
  edit(post: Post): void
  editDone(): void
  remove(post: Post): void
  copyLink(post: Post): void
  copyText(post: Post): void
  markUnread(post: Post): void
  open(postId: string): void
  person(userId: string): void
}

/** Which of the actions the signed-in person may use; the server checks again. */
export const useMay = (post: Post): { mayReply: boolean; mayEdit: boolean; mayDelete: boolean } => {
  const me = useSource(client.myId)
  const channel = useSource(client.channels.records.at(post.channel_id))
  const permissions = useSource(client.roles.permissions(channel?.team_id ?? '', post.channel_id))
  const isOwn = post.user_id === me
  const isOpen = channel !== undefined && channel.delete_at === 0
  const mayWrite = isOpen && permissions.has('create_post')
  return {
    mayReply: mayWrite,
    mayEdit: mayWrite && isOwn && permissions.has('edit_post'),
    mayDelete: isOpen && permissions.has(isOwn ? 'delete_post' : 'delete_others_posts'),
  }
}

export const MessageToolbar = ({ post, actions }: { post: Post; actions: MessageActions }) => {
  const say = useText()
  const { mayReply, mayEdit, mayDelete } = useMay(post)
  const more: MenuItem[] = [
    { label: say('post.copyLink'), icon: Link2, run: () => actions.copyLink(post) },
    { label: say('post.copyText'), icon: Copy, run: () => actions.copyText(post) },
    { label: say('post.markUnread'), icon: CircleDot, run: () => actions.markUnread(post) },
  ]
  if (mayDelete) {
    more.push({ kind: 'line' })
    more.push({ label: say('post.delete'), icon: Trash2, isDanger: true, run: () => actions.remove(post) })
  }
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={say('post.actions')}>
      {mayReply && (
        <IconButton
          icon={MessageSquareReply}
          label={say('post.replyAction')}
          onClick={() => actions.reply(post)}
        />
      )}
      {mayEdit && <IconButton icon={Pencil} label={say('post.edit')} onClick={() => actions.edit(post)} />}
      <Menu
        label={say('post.more')}
        align="end"
        items={more}
        button={(props) => <IconButton {...props} icon={EllipsisVertical} label={say('post.more')} />}
      />
    </div>
  )
}
