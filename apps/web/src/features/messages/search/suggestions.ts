/** What completes a modifier: people, channels, days, kinds of files. */
import type { Channel, User } from '@plausch/wire'
import { formsOf } from '../../../browser/folding.ts'
import type { Say } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { here } from '../../../platform/place.ts'
import { matching } from '../writing/offer.ts'
import { nameInSearch } from './searches.ts'
import { daysBefore, type Typed } from './terms.ts'

export type Suggestion = { value: string; label: string; hint: string; userId?: string }

const MOST = 8
const EXTENSIONS = ['pdf', 'docx', 'xlsx', 'pptx', 'odt', 'txt', 'csv', 'png', 'jpg', 'svg', 'zip', 'mp4']

const ofUser = ({ id, username, first_name, last_name }: User): Suggestion => ({
  value: username,
  label: username,
  hint: `${first_name} ${last_name}`.trim(),
  userId: id,
})

const people = (value: string, say: Say): Suggestion[] => {
  const found = matching(client.users.records.get(), value.replace(/^@/, '')).slice(0, MOST).map(ofUser)
  const isMe = 'me'.startsWith(value.toLowerCase())
  return isMe ? [{ value: 'me', label: 'me', hint: say('search.me') }, ...found] : found
}

const channels = (value: string): Suggestion[] => {
  const teamId = here.get().team?.id ?? ''
  const wanted = formsOf(value.replace(/^[@~#]/, ''))
  const fits = (channel: Channel): boolean =>
    [...formsOf(channelName(channel.id).get()), channel.name].some((name) =>
      wanted.some((each) => name.startsWith(each) || name.includes(` ${each}`) || name.includes(`-${each}`)),
    )
  return client.channels.records
    .get()
    .filter(({ team_id, type }) => (team_id === teamId || team_id === '') && (type !== 'D' || value !== ''))
    .filter(fits)
    .sort((a, b) => b.last_post_at - a.last_post_at)
    .slice(0, MOST)
    .map((channel) => ({
      value: nameInSearch(channel),
      label: nameInSearch(channel),
      hint: channelName(channel.id).get(),
    }))
}

const days = (value: string, say: Say): Suggestion[] => {
  const now = new Date()
  const all = [
    { value: daysBefore(0, now), hint: say('search.today') },
    { value: daysBefore(1, now), hint: say('search.yesterday') },
    { value: daysBefore(7, now), hint: say('search.weekAgo') },
    { value: daysBefore(30, now), hint: say('search.monthAgo') },
    { value: `${now.getFullYear()}-01-01`, hint: say('search.yearBegin') },
  ]
  return all.filter((each) => each.value.startsWith(value)).map((each) => ({ ...each, label: each.value }))
}

/** What fits a typed modifier, from memory. */
export const suggestionsFor = ({ modifier, value }: Typed, say: Say): Suggestion[] => {
  if (modifier === 'from') return people(value, say)
  if (modifier === 'in') return channels(value)
  if (modifier !== 'ext') return days(value, say)
  return EXTENSIONS.filter((each) => each.startsWith(value.toLowerCase()))
    .slice(0, MOST)
    .map((each) => ({ value: each, label: each, hint: '' }))
}
