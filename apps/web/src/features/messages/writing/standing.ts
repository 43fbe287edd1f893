/** Who reads a channel, as far as this device knows, and people that the server finds for a name. */
import { blockAt, Value } from '@plausch/client'
import { users as operations } from '@plausch/wire'
import { client } from '../../../platform/client.ts'
import type { Standing } from './offer.ts'

type Known = { inside: Set<string>; outside: Set<string> }
const byChannel = new Map<string, Known>()

/** Counts the answers of the server, so that lists can be made anew. */
export const answers = new Value(0)

const knownOf = (channelId: string): Known => {
  const known = byChannel.get(channelId) ?? { inside: new Set(), outside: new Set() }
  byChannel.set(channelId, known)
  return known
}

/** The authors of the newest messages, the latest first. */
export const authorsIn = (channelId: string): string[] => {
  const ids = blockAt(client.posts.timelines.one(channelId) ?? [], '')?.ids.slice(-200) ?? []
  const authors = ids.map((id) => client.posts.records.one(id)?.user_id ?? '')
  return [...new Set(authors.reverse())].filter((id) => id !== '' && id !== client.myId.get())
}

/** Makes the function that tells where people stand; it is asked for each of thousands. */
export const standingIn = (channelId: string): ((userId: string) => Standing) => {
  const { inside, outside } = knownOf(channelId)
  const roster = new Set(client.members.rosters.one(channelId)?.userIds ?? [])
  const people = new Set(client.channels.people.one(channelId) ?? [])
  const authors = new Set(authorsIn(channelId))
  return (userId) => {
    if (outside.has(userId)) return 'outside'
    const isIn = inside.has(userId) || roster.has(userId) || people.has(userId) || authors.has(userId)
    return isIn ? 'inside' : 'unknown'
  }
}

const asked = new Set<string>()

// What the last person could see is nothing for the next one.
client.myId.subscribe(() => {
  asked.clear()
  byChannel.clear()
})

/** Asks the server for people whose names begin with `name`, once for each name. */
export const askForPeople = async (channelId: string, teamId: string, name: string): Promise<void> => {
  const key = `${channelId}/${name}`
  if (asked.has(key)) return
  asked.add(key)
  const where = teamId === '' ? {} : { in_team: teamId }
  try {
    const found = await client.call(operations.autocomplete, {
      query: { name, in_channel: channelId, limit: 25, ...where },
    })
    const known = knownOf(channelId)
    for (const user of found.users) {
      client.users.put(user)
      known.inside.add(user.id)
      known.outside.delete(user.id)
    }
    for (const user of found.out_of_channel ?? []) {
      client.users.put(user)
      known.outside.add(user.id)
    }
    answers.set(answers.get() + 1)
  } catch {
    // What is known here is offered anyway.
    asked.delete(key)
  }
}
