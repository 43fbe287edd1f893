/** The displayed names of people and channels, and the paths of their pages. */
import { derive, keyed, nameOf, partnerOf, type Source } from '@plausch/client'
import type { Channel } from '@plausch/wire'
import { client } from './client.ts'

/** A person's name in the reader's preferred form; '' while unknown. */
export const personName: (userId: string) => Source<string> = keyed((userId) =>
  derive([client.users.records.at(userId), client.nameForm], (user, form) =>
    user ? nameOf(user, form) : '',
  ),
)

const channelNameNow = (channel: Channel | undefined): string => {
  if (!channel) return ''
  const form = client.nameForm.get()
  const me = client.myId.get()
  const called = (userId: string): string => {
    const user = client.users.records.one(userId)
    return user ? nameOf(user, form) : ''
  }
  if (channel.type === 'D') return called(partnerOf(channel, me))
  const people = client.channels.people.one(channel.id)?.filter((userId) => userId !== me)
  if (channel.type === 'G' && people) return people.map(called).filter(Boolean).sort().join(', ')
  return channel.display_name
}

/** The displayed name of a channel: conversations by their people, others by their name. */
export const channelName: (channelId: string) => Source<string> = keyed((channelId) => {
  const { channels, users, nameForm } = client
  return derive(
    [channels.records.at(channelId), channels.people.at(channelId), users.records, nameForm],
    channelNameNow,
  )
})

/** The path of a channel in a team. Its form is Mattermost's. */
export const channelPath = (teamName: string, channel: Channel): string => {
  if (channel.type === 'D') {
    const partner = client.users.records.one(partnerOf(channel, client.myId.get()))
    return `/${teamName}/messages/${partner ? `@${partner.username}` : channel.id}`
  }
  return channel.type === 'G'
    ? `/${teamName}/messages/${channel.name}`
    : `/${teamName}/channels/${channel.name}`
}

export const postPath = (teamName: string, postId: string): string => `/${teamName}/pl/${postId}`
