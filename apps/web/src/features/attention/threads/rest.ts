/** What people can do with threads. */
import { Bell, BellOff, CheckCheck, Link2, MessagesSquare } from 'lucide-react'
import { type Action, action, type Read } from '../../../platform/action.ts'
import { client } from '../../../platform/client.ts'
import { toPage } from '../../../platform/navigation.ts'
import { here } from '../../../platform/place.ts'
import { copyPostLink } from '../../messages/posts/copying.ts'
import { follow, isFollowed } from './following.ts'

const teamId = (): string => here.get().team?.id ?? ''

const hasUnread = (_: unknown, read: Read): boolean =>
  (read(client.threads.byTeam.at(read(here).team?.id ?? ''))?.unread ?? 0) > 0

export const actions: readonly Action[] = [
  action({
    on: 'app',
    name: 'threads.list',
    label: 'threads.title',
    icon: MessagesSquare,
    keys: 'Alt+Shift+T',
    when: (_, read) => read(client.isCollapsed),
    run: () => toPage('threads'),
  }),
  action({
    on: 'app',
    name: 'threads.readAll',
    label: 'threads.readAll',
    icon: CheckCheck,
    shownIn: ['palette'],
    when: hasUnread,
    run: () => client.threads.readAll(teamId()),
  }),
  action({
    on: 'post',
    name: 'threads.follow',
    label: 'thread.follow',
    icon: Bell,
    group: 'mark',
    when: (post, read) => read(client.isCollapsed) && !isFollowed(post, read),
    run: (post) => follow(post, true),
  }),
  action({
    on: 'post',
    name: 'threads.unfollow',
    label: 'thread.unfollow',
    icon: BellOff,
    group: 'mark',
    when: (post, read) => read(client.isCollapsed) && isFollowed(post, read),
    run: (post) => follow(post, false),
  }),
  action({
    on: 'thread',
    name: 'threads.copyLink',
    label: 'post.copyLink',
    icon: Link2,
    run: ({ id }) => copyPostLink(id),
  }),
]
