/** Which new messages ring. The rules are those of the protocol (notifications 2, desktop). */
import { type Arrival, isMuted, type StatusName } from '@plausch/client'
import type { Channel, ChannelMember, User } from '@plausch/wire'

export type Situation = {
  me: Pick<User, 'id' | 'notify_props'>
  channel: Pick<Channel, 'type'> | undefined
  member: ChannelMember | undefined
  status: StatusName | undefined
  /** Replies are followed apart from their channel. */
  isThreaded: boolean
  /** Somebody looks at this channel, in whichever tab. */
  isSeen: boolean
}

const ADDED = new Set(['system_add_to_channel', 'system_add_to_team'])

/** Was this written by oneself, and not by a webhook in one's name? */
const isOwn = ({ post }: Arrival, me: string): boolean =>
  post.user_id === me && post.props.from_webhook !== 'true'

/** System messages are quiet, except the one that says that oneself was added. */
const isQuietKind = ({ post }: Arrival, me: string): boolean =>
  post.type.startsWith('system_') && !(ADDED.has(post.type) && post.props.addedUserId === me)

const isForced = ({ post }: Arrival): boolean => Boolean(post.props.force_notification)

/** What the person wants in this channel: all, mention or none. */
const levelOf = ({ me, member }: Situation, name: string, usual: string): string => {
  const ofChannel = member?.notify_props[name]
  return (ofChannel && ofChannel !== 'default' ? ofChannel : me.notify_props[name]) || usual
}

const concerns = (arrival: Arrival, situation: Situation): boolean => {
  const { me, channel, member, isThreaded } = situation
  const isNamed = arrival.mentions.includes(me.id)
  const level = levelOf(situation, 'desktop', 'mention')
  if (level === 'none') return false
  if (isThreaded && arrival.post.root_id !== '') {
    if (isNamed) return true
    const threads = levelOf(situation, 'desktop_threads', 'all')
    return threads === 'all' && arrival.followers.includes(me.id)
  }
  if (channel?.type === 'D' || level === 'all' || isNamed) return true
  // A group is small: what is said in it is said to each, unless that was chosen otherwise there.
  return channel?.type === 'G' && member?.notify_props.desktop !== 'mention'
}

/** Does a new message ring? The first reason against it counts. */
export const rings = (arrival: Arrival, situation: Situation): boolean => {
  const { me, member, status, isSeen } = situation
  if (isOwn(arrival, me.id) || isQuietKind(arrival, me.id)) return false
  // Nothing disturbs somebody who must not be disturbed.
  if (status === 'dnd' || status === 'ooo') return false
  if (isForced(arrival)) return !isSeen
  if (isMuted(member)) return false
  return concerns(arrival, situation) && !isSeen
}

/** May it be heard? */
export const hasSound = ({ me, member }: Situation): boolean => {
  const ofChannel = member?.notify_props.desktop_sound
  if (ofChannel === 'on') return true
  if (ofChannel === 'off') return false
  return me.notify_props.desktop_sound !== 'false'
}
