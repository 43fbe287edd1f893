/** What people can do with messages. */
import { CircleDot, Copy, Link2, MessageSquareReply, Pencil, Trash2 } from 'lucide-react'
import { notify } from '../../../browser/notices.ts'
import { say, type TextId } from '../../../i18n/text.ts'
import { type Action, action } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { postPath } from '../../../platform/names.ts'
import { here } from '../../../platform/place.ts'
import { editing, replyingTo } from './composing.ts'
import { deletePost } from './dialogs.ts'
import { postRights } from './rights.ts'

const copy = async (text: string, done: TextId): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    notify('done', say(done))
  } catch {
    // Without HTTPS there is no clipboard.
    notify('failed', say('post.copyFailed'))
  }
}

export const postActions: readonly Action[] = [
  action({
    on: 'post',
    name: 'posts.reply',
    label: 'post.replyAction',
    icon: MessageSquareReply,
    keys: 'R',
    shownIn: ['toolbar', 'menu'],
    when: (post, read) => postRights(post, read).mayReply,
    run: (post) => replyingTo.set(post),
  }),
  action({
    on: 'post',
    name: 'posts.edit',
    label: 'post.edit',
    icon: Pencil,
    keys: 'E',
    shownIn: ['toolbar', 'menu'],
    when: (post, read) => postRights(post, read).mayEdit,
    run: (post) => editing.set(post.id),
  }),
  action({
    on: 'post',
    name: 'posts.copyLink',
    label: 'post.copyLink',
    icon: Link2,
    group: 'copy',
    run: (post) =>
      copy(`${location.origin}${postPath(here.get().team?.name ?? '', post.id)}`, 'post.linkCopied'),
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
    run: ({ id }) => client.unreads.markUnread(id),
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
