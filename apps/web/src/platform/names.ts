/** The displayed names of people and channels, and the paths of their pages. */
import { derive, keyed, nameOf, partnerOf, type Source, select } from '@plausch/client'
import type { Channel } from '@plausch/wire'
import { client } from './client.ts'

/** A person's name in the reader's preferred form; '' while unknown. */
export const personName: (userId: string) => Source<string> = keyed((userId) =>
  derive([client.users.records.at(userId), client.nameForm], (user, form) =>
    user ? nameOf(user, form) : '',
  ),
)

/** The displayed name of a channel: conversations by their people, others by their name. */
export const channelName: (channelId: string) => Source<string> = keyed((channelId) =>
  select((read) => {
    const channel = read(client.channels.described(channelId))
    if (!channel) return ''
    const me = read(client.myId)
    if (channel.type === 'D') return read(personName(partnerOf(channel, me)))
    const people = channel.type === 'G' ? read(client.channels.people.at(channelId)) : undefined
    if (!people) return channel.display_name
    const names = people.filter((userId) => userId !== me).map((userId) => read(personName(userId)))
    return names.filter(Boolean).sort().join(', ')
  }),
)

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
