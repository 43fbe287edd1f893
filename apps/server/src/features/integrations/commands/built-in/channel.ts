/** Commands for channels and their members. */
import { channels, members } from '@plausch/wire'
import type { Context } from '../../../../core/context.ts'
import {
  mayPatchChannel,
  patchChannel,
  type SeenChannel,
  TOWN_SQUARE,
} from '../../../places/channels/index.ts'
import {
  addMembers,
  mayAddMembers,
  mayRemoveMember,
  maySetNotifyProps,
  removeMember,
  setNotifyProps,
} from '../../../places/members/index.ts'
import {
  type Answer,
  type Asked,
  type Command,
  inWords,
  none,
  perform,
  usage,
  type Words,
} from '../command.ts'
import { channelNamed, pathIn, peopleNamed } from '../named.ts'

const addTo = (context: Context, { channel }: SeenChannel, userId: string) =>
  perform(context, members.add, mayAddMembers, addMembers, {
    params: { channel_id: channel.id },
    query: {},
    body: { user_id: userId },
  })

const takeFrom = (context: Context, { channel }: SeenChannel, userId: string) =>
  perform(context, members.remove, mayRemoveMember, removeMember, {
    params: { channel_id: channel.id, user_id: userId },
    query: {},
    body: undefined,
  })

const joining = (trigger: string): Command => {
  const command: Command = {
    trigger,
    hint: { en: '~[channel]', de: '~[Kanal]' },
    description: { en: 'Join a channel', de: 'Einem Kanal beitreten' },
    async run(context, asked) {
      if (asked.text === '') return usage(context, command)
      const seen = await channelNamed(context, asked, asked.text)
      if (!seen.isMember) await addTo(context, seen, context.actor.userId)
      return { goTo: pathIn(asked, 'channels', seen.channel.name) }
    },
  }
  return command
}

const leave: Command = {
  trigger: 'leave',
  hint: none,
  description: { en: 'Leave this channel', de: 'Diesen Kanal verlassen' },
  async run(context, asked) {
    await takeFrom(context, asked.seen, context.actor.userId)
    return { goTo: pathIn(asked, 'channels', TOWN_SQUARE) }
  },
}

const MOST_NAMED = 20

const invite: Command = {
  trigger: 'invite',
  hint: { en: '@[username] [~channel]', de: '@[Benutzername] [~Kanal]' },
  description: {
    en: 'Add people to this channel, or to another',
    de: 'Personen in diesen Kanal oder einen anderen aufnehmen',
  },
  async run(context, asked) {
    const words = asked.text.split(/[\s,]+/).filter((word) => word !== '')
    const places = words.filter((word) => word.startsWith('~'))
    const names = words.filter((word) => !word.startsWith('~'))
    if (names.length === 0 || words.length > MOST_NAMED) return usage(context, invite)
    const people = await peopleNamed(context, names)
    const into = [asked.seen]
    if (places.length > 0) into.length = 0
    for (const name of places) into.push(await channelNamed(context, asked, name))
    for (const seen of into) for (const { id } of people) await addTo(context, seen, id)
    const who = people.map(({ username }) => `@${username}`).join(', ')
    const where = into.map(({ channel }) => `~${channel.name}`).join(', ')
    const said = { en: '{who} added to {where}.', de: '{who} in {where} aufgenommen.' }
    return { say: inWords(context, said, { who, where }) }
  },
}

const removing = (trigger: string): Command => {
  const command: Command = {
    trigger,
    hint: { en: '@[username]', de: '@[Benutzername]' },
    description: { en: 'Remove somebody from this channel', de: 'Jemanden aus diesem Kanal entfernen' },
    async run(context, asked) {
      if (asked.text === '') return usage(context, command)
      const [user] = await peopleNamed(context, [asked.text])
      if (user) await takeFrom(context, asked.seen, user.id)
      return {}
    },
  }
  return command
}

type Property = 'header' | 'purpose' | 'display_name'

const setting = (trigger: string, property: Property, description: Words): Command => {
  const command: Command = {
    trigger,
    hint: { en: '[text]', de: '[Text]' },
    description,
    async run(context, { text, seen }): Promise<Answer> {
      if (text === '') return usage(context, command)
      await perform(context, channels.patch, mayPatchChannel, patchChannel, {
        params: { channel_id: seen.channel.id },
        query: {},
        body: { [property]: text },
      })
      return {}
    },
  }
  return command
}

/** A muted channel counts only mentions as unread. */
const mute: Command = {
  trigger: 'mute',
  hint: { en: '[~channel]', de: '[~Kanal]' },
  description: {
    en: 'Mute this channel or another, or end that',
    de: 'Diesen oder einen anderen Kanal stumm schalten oder wieder laut',
  },
  async run(context, asked: Asked) {
    const seen = asked.text === '' ? asked.seen : await channelNamed(context, asked, asked.text)
    const params = { channel_id: seen.channel.id, user_id: context.actor.userId }
    const isMuted = await perform(
      context,
      members.setNotifyProps,
      maySetNotifyProps,
      async (inner, input, { member, ...rest }) => {
        const mark_unread = member.notify_props.mark_unread === 'mention' ? 'all' : 'mention'
        await setNotifyProps(inner, { ...input, body: { mark_unread } }, { member, ...rest })
        return mark_unread === 'mention'
      },
      { params, query: {}, body: {} },
    )
    const muted = { en: 'The channel is muted.', de: 'Der Kanal ist stumm.' }
    const loud = { en: 'The channel is not muted any more.', de: 'Der Kanal ist nicht mehr stumm.' }
    return { say: inWords(context, isMuted ? muted : loud) }
  },
}

export const channelCommands: readonly Command[] = [
  joining('join'),
  joining('open'),
  leave,
  invite,
  removing('kick'),
  removing('remove'),
  mute,
  setting('header', 'header', {
    en: 'Set the header of this channel',
    de: 'Die Kopfzeile dieses Kanals setzen',
  }),
  setting('purpose', 'purpose', {
    en: 'Set the purpose of this channel',
    de: 'Den Zweck dieses Kanals setzen',
  }),
  setting('rename', 'display_name', { en: 'Rename this channel', de: 'Diesen Kanal umbenennen' }),
]
