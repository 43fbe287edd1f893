/** /msg and /groupmsg: open a conversation with people, optionally with a first message. */
import { type Channel, channels } from '@plausch/wire'
import type { Context } from '../../../../core/context.ts'
import { createDirect, createGroup, mayCreateDirect, mayCreateGroup } from '../../../places/channels/index.ts'
import { type Asked, type Command, perform, usage } from '../command.ts'
import { namesFirst, pathIn, peopleNamed } from '../named.ts'
import { say } from '../say.ts'

const open = async (context: Context, ids: readonly string[]): Promise<Channel> => {
  const self = context.actor.userId
  const others = ids.filter((id) => id !== self)
  if (others.length > 1)
    return await perform(context, channels.createGroup, mayCreateGroup, createGroup, {
      params: {},
      query: {},
      body: [...others, self],
    })
  return await perform(context, channels.createDirect, mayCreateDirect, createDirect, {
    params: {},
    query: {},
    body: [self, others[0] ?? self],
  })
}

const talk = async (context: Context, asked: Asked, names: readonly string[], message: string) => {
  const people = await peopleNamed(context, names)
  const channel = await open(
    context,
    people.map(({ id }) => id),
  )
  if (message !== '') await say(context, channel.id, '', { message })
  const [first] = people
  const place = channel.type === 'D' ? `@${first?.username ?? ''}` : channel.name
  return { goTo: pathIn(asked, 'messages', place) }
}

const msg: Command = {
  trigger: 'msg',
  hint: { en: '@[username] [text]', de: '@[Benutzername] [Text]' },
  description: { en: 'Write to somebody directly', de: 'Jemandem direkt schreiben' },
  run: async (context, asked) => {
    const [, name = '', message = ''] = /^@?([\w.-]+)\s*([\s\S]*)$/.exec(asked.text) ?? []
    return name === '' ? usage(context, msg) : await talk(context, asked, [name], message)
  },
}

const groupmsg: Command = {
  trigger: 'groupmsg',
  hint: { en: '@[username1],@[username2] [text]', de: '@[Benutzername1],@[Benutzername2] [Text]' },
  description: { en: 'Write to several people', de: 'Mehreren Personen schreiben' },
  run: async (context, asked) => {
    const { names, rest } = namesFirst(asked.text)
    return names.length === 0 ? usage(context, groupmsg) : await talk(context, asked, names, rest)
  },
}

export const conversationCommands: readonly Command[] = [msg, groupmsg]
