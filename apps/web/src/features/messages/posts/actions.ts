/** What people can do with messages. */
import type { Post } from '@plausch/wire'
import { CircleDot, Copy, Link2, MessageSquareReply, Pencil, Trash2 } from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { here } from '../../../platform/place.ts'
import { openThread } from '../../../platform/threading.ts'
import { startEditing } from './composing.ts'
import { copy, copyPostLink } from './copying.ts'
import { deletePost } from './dialogs.ts'
import { postRights } from './rights.ts'

/** A collapsed reply is unread in its thread, any other message in its channel. */
const markUnread = (post: Post): Promise<void> =>
  post.root_id !== '' && client.isCollapsed.get()
    ? client.threads.markUnread(here.get().team?.id ?? '', post)
    : client.unreads.markUnread(post.id)

export const postActions: readonly Action[] = [
  action({
    on: 'post',
    name: 'posts.reply',
    label: 'post.replyAction',
    icon: MessageSquareReply,
    keys: 'R',
    shownIn: ['toolbar', 'menu'],
    when: (post, read) => postRights(post, read).mayReply,
    run: openThread,
  }),
  action({
    on: 'post',
    name: 'posts.edit',
    label: 'post.edit',
    icon: Pencil,
    keys: 'E',
    shownIn: ['toolbar', 'menu'],
    when: (post, read) => postRights(post, read).mayEdit,
    run: ({ id }) => startEditing(id),
  }),
  action({
    on: 'post',
    name: 'posts.copyLink',
    label: 'post.copyLink',
    icon: Link2,
    group: 'copy',
    run: ({ id }) => copyPostLink(id),
  }),
  action({
    on: 'post',
    name: 'posts.copyText',
    label: 'post.copyText',
    icon: Copy,
    keys: 'C',
    group: 'copy',
    when: ({ message }) => message !== '',
    run: (post) => copy(post.message, 'post.textCopied'),
  }),
  action({
    on: 'post',
    name: 'posts.markUnread',
    label: 'post.markUnread',
    icon: CircleDot,
    keys: 'U',
    group: 'mark',
    run: markUnread,
  }),
  action({
    on: 'post',
    name: 'posts.delete',
    label: 'post.delete',
    icon: Trash2,
    keys: 'Delete',
    group: 'end',
    isDanger: true,
    when: (post, read) => postRights(post, read).mayDelete,
    run: (post) => deletePost.open({ post }),
  }),
]
