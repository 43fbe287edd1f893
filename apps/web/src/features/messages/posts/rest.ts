/** What people can do with messages. */
import type { Post } from '@plausch/wire'
import {
  Bookmark,
  CircleDot,
  Copy,
  Forward,
  History,
  Link2,
  MessageSquareReply,
  Pencil,
  Pin,
  Trash2,
} from 'lucide-react'
import { type Action, action } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { dialog } from '../../../platform/dialogs.ts'
import { here } from '../../../platform/place.ts'
import { openThread } from '../../../platform/threading.ts'
import { startEditing } from './composing.ts'
import { copy, copyPostLink } from './copying.ts'
import { editHistory } from './dialogs.ts'
import { postRights } from './rights.ts'
import { isSystem } from './rows.ts'

const deletePost = dialog(async () => (await import('./DeletePost.tsx')).DeletePost)
const forwardPost = dialog(async () => (await import('./ForwardPost.tsx')).ForwardPost)

/** A collapsed reply is unread in its thread, any other message in its channel. */
const markUnread = (post: Post): Promise<void> =>
  post.root_id !== '' && client.isCollapsed.get()
    ? client.threads.markUnread(here.get().team?.id ?? '', post)
    : client.unreads.markUnread(post.id)

const writing: readonly Action[] = [
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
    name: 'posts.forward',
    label: 'post.forward',
    icon: Forward,
    keys: 'F',
    when: (post) => !isSystem(post),
    run: (post) => forwardPost.open({ post }),
  }),
]

const marking: readonly Action[] = [
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
    name: 'posts.save',
    label: 'post.save',
    labelFor: ({ id }, read) => (read(client.marked.isSaved(id)) ? 'post.unsave' : 'post.save'),
    icon: Bookmark,
    keys: 'S',
    group: 'mark',
    run: ({ id }) => client.marked.save(id, !client.marked.isSaved(id).get()),
  }),
  action({
    on: 'post',
    name: 'posts.pin',
    label: 'post.pin',
    labelFor: ({ is_pinned }) => (is_pinned ? 'post.unpin' : 'post.pin'),
    icon: Pin,
    keys: 'P',
    group: 'mark',
    when: (post, read) => postRights(post, read).mayPin,
    run: (post) => client.marked.pin(post, !post.is_pinned),
  }),
]

const copying: readonly Action[] = [
  action({
    on: 'post',
    name: 'posts.copyLink',
    label: 'post.copyLink',
    icon: Link2,
    keys: 'L',
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
]

const ending: readonly Action[] = [
  action({
    on: 'post',
    name: 'posts.history',
    label: 'post.history',
    icon: History,
    group: 'end',
    when: (post, read) => post.edit_at > 0 && post.user_id === read(client.myId),
    run: (post) => editHistory.open({ post }),
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

export const actions: readonly Action[] = [...writing, ...marking, ...copying, ...ending]
