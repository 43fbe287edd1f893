/** Notices of new messages, while somebody is signed in. */
import type { Arrival } from '@plausch/client'
import { say } from '../../../i18n/text.ts'
import { choices, isChosen } from '../../../platform/choices.ts'
import { client } from '../../../platform/client.ts'
import { channelName, personName, postPath } from '../../../platform/names.ts'
import { summary } from '../../../ui/markdown/summary.ts'
import { hasSound, rings, type Situation } from './decide.ts'
import { joinTabs, type Lead } from './leader.ts'
import { followApp, show } from './show.ts'
import { prepareSound, ring } from './sound.ts'
import { noteWritten } from './written.ts'

const LONGEST = 240

const isThreaded = (): boolean => {
  const { CollapsedThreads: rule = 'disabled' } = client.settings.config.get()
  const own = client.preferences.at('display_settings', 'collapsed_reply_threads').get()?.value
  if (rule === 'always_on') return true
  return rule !== 'disabled' && (own || (rule === 'default_on' ? 'on' : 'off')) === 'on'
}

const situationOf = ({ post }: Arrival, lead: Lead): Situation | undefined => {
  const me = client.me.get()
  return (
    me && {
      me,
      channel: client.channels.records.one(post.channel_id),
      member: client.members.mine.one(post.channel_id),
      status: client.presence.records.one(me.id)?.status,
      isThreaded: isThreaded(),
      isSeen: lead.isSeen(post.channel_id),
    }
  )
}

/** Who says what and where; without the text if the reader wants that. */
const wordsOf = ({ post, sender }: Arrival): { title: string; body: string } => {
  const hook = typeof post.props.override_username === 'string' ? post.props.override_username : ''
  const name = hook || personName(post.user_id).get() || sender
  const channel = client.channels.records.one(post.channel_id)
  const where = channel && channel.type !== 'D' ? channelName(channel.id).get() : ''
  const title = where === '' ? name : say('notices.titleIn', { name, channel: where })
  if (!isChosen(choices.noticesHaveText)) return { title: say('notices.newMessage'), body: '' }
  const text = summary(post.message, LONGEST)
  return { title, body: text || say('notices.file') }
}

const arrived = (arrival: Arrival, lead: Lead): void => {
  const { post } = arrival
  if (post.user_id === client.myId.get() && post.type === '') noteWritten()
  const situation = lead.isLeader() ? situationOf(arrival, lead) : undefined
  if (!situation || !rings(arrival, situation)) return
  const channel = client.channels.records.one(post.channel_id)
  const team = client.teams.records.one(channel?.team_id ?? '') ?? client.teams.sorted.get()[0]
  const isLoud = hasSound(situation)
  const byApp = show(
    {
      ...wordsOf(arrival),
      postId: post.id,
      channelId: post.channel_id,
      teamId: channel?.team_id ?? '',
      path: postPath(team?.name ?? '_redirect', post.id),
    },
    !isLoud,
  )
  if (isLoud && !byApp) ring()
}

/** Rings for new messages until the result is called. */
export const ringForMessages = (): (() => void) => {
  const lead = joinTabs()
  const ends = [
    client.arrivals.listen((arrival) => arrived(arrival, lead)),
    prepareSound(),
    followApp(),
    lead.end,
  ]
  return () => {
    for (const end of ends) end()
  }
}
