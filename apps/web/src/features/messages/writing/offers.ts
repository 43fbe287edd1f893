/** Makes the list of offers for what is being typed. */

import { nameOf } from '@plausch/client'
import type { User } from '@plausch/wire'
import { say } from '../../../i18n/text.ts'
import type { Action } from '../../../platform/action.ts'
import { actionsOn } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { here } from '../../../platform/place.ts'
import type { Asked } from './asked.ts'
import { channelsOf, commandsOf, emojiNames, suggestionsFor } from './found.ts'
import { bestNames, MOST, matching, type Offer, type Standing } from './offer.ts'
import { authorsIn, standingIn } from './standing.ts'

/** Where the text will be sent. */
export type Where = { channelId: string; rootId: string }

/** The team of a channel; for conversations the one that the reader is in. */
export const teamIn = (channelId: string): string =>
  client.channels.records.one(channelId)?.team_id || here.get().team?.id || ''

const permissionsIn = (channelId: string): ReadonlySet<string> =>
  client.roles.permissions(client.channels.records.one(channelId)?.team_id ?? '', channelId).get()

const personOffer = (person: User, standing: Standing): Offer => ({
  key: person.id,
  insert: `@${person.username}`,
  name: nameOf(person, client.nameForm.get()),
  person,
  ...(standing === 'outside' && { note: say('writing.outside') }),
})

const WIDE = [
  { name: 'channel', note: 'writing.wideChannel' },
  { name: 'all', note: 'writing.wideAll' },
  { name: 'here', note: 'writing.wideHere' },
] as const

const wideOffers = (term: string): Offer[] =>
  WIDE.filter(({ name }) => name.startsWith(term)).map(({ name, note }) => ({
    key: `@${name}`,
    insert: `@${name}`,
    name: `@${name}`,
    note: say(note),
  }))

const groupOffers = (term: string): Offer[] =>
  bestNames(client.groups.records.get(), term, ({ name, display_name }) => [name, display_name], 4).map(
    ({ id, name, display_name }) => ({
      key: id,
      insert: `@${name}`,
      name: `@${name}`,
      note: say('writing.group', { name: display_name }),
    }),
  )

const people = (term: string, channelId: string): User[] => {
  const standing = standingIn(channelId)
  if (term !== '') return matching(client.users.records.get(), term, standing)
  // Before the first letter, whoever writes here comes first.
  return authorsIn(channelId)
    .flatMap((id) => client.users.records.one(id) ?? [])
    .filter(({ delete_at }) => delete_at === 0)
    .slice(0, MOST - 3)
}

const mentionOffers = (term: string, channelId: string): Offer[] => {
  const permissions = permissionsIn(channelId)
  const standing = standingIn(channelId)
  const persons = people(term, channelId).map((person) => personOffer(person, standing(person.id)))
  const inside = persons.filter(({ note }) => note === undefined)
  return [
    ...inside,
    ...(permissions.has('use_channel_mentions') ? wideOffers(term) : []),
    ...(permissions.has('use_group_mentions') ? groupOffers(term) : []),
    ...persons.filter(({ note }) => note !== undefined),
  ]
}

const channelOffers = (term: string, channelId: string): Offer[] =>
  bestNames(channelsOf(teamIn(channelId)), term, ({ name, display_name }) => [display_name, name]).map(
    ({ id, name, display_name, type }) => ({
      key: id,
      insert: `~${name}`,
      name: display_name,
      note: type === 'P' ? say('writing.private') : `~${name}`,
    }),
  )

const emojiOffers = (term: string): Offer[] => {
  const custom = client.emoji.records.get().map(({ id, name }) => ({ names: [name], character: '', id }))
  const all = [...emojiNames().map((each) => ({ ...each, id: '' })), ...custom]
  return bestNames(all, term, ({ names }) => names).map(({ names, character, id }) => {
    // The name that was typed, if an emoji has several.
    const name = names.find((each) => each.startsWith(term)) ?? names[0] ?? ''
    return {
      key: `:${name}`,
      insert: `:${name}:`,
      name: `:${name}:`,
      ...(id === '' ? { emoji: character } : { customEmoji: id }),
    }
  })
}

type Local = { trigger: string; description: string; run(): unknown }

/** Actions of this client that are commands, too, by their trigger. */
export const localCommands = (channelId: string): Map<string, Local> => {
  const channel = client.channels.records.one(channelId)
  const read = <T>(source: { get(): T }): T => source.get()
  const found = new Map<string, Local>()
  const add = (action: Pick<Action, 'slash' | 'label'>, isOffered: boolean, run: () => unknown): void => {
    if (action.slash !== undefined && isOffered)
      found.set(action.slash, { trigger: action.slash, description: say(action.label), run })
  }
  for (const each of actionsOn('app')) add(each, each.when?.(null, read) ?? true, () => each.run(null))
  if (channel)
    for (const each of actionsOn('channel'))
      add(each, each.when?.(channel, read) ?? true, () => each.run(channel))
  return found
}

const commandOffers = (asked: Asked, text: string, where: Where): Offer[] => {
  const teamId = teamIn(where.channelId)
  if (asked.term.includes(' ')) {
    const typed = text.slice(0, asked.to)
    return suggestionsFor(teamId, typed)
      .slice(0, MOST)
      .map(({ Complete, Suggestion, Hint, Description }) => ({
        key: Complete,
        insert: `/${Complete}`.trimEnd(),
        name: Suggestion,
        note: [Hint, Description].filter(Boolean).join(' · '),
      }))
  }
  const local = localCommands(where.channelId)
  const all = commandsOf(teamId).map(({ trigger, auto_complete_hint, auto_complete_desc }) => ({
    trigger,
    note: [auto_complete_hint, local.get(trigger)?.description ?? auto_complete_desc]
      .filter(Boolean)
      .join(' · '),
  }))
  const others = [...local.values()].filter(({ trigger }) => !all.some((each) => each.trigger === trigger))
  const whole = [...all, ...others.map(({ trigger, description }) => ({ trigger, note: description }))]
  return bestNames(whole, asked.term, ({ trigger }) => [trigger]).map(({ trigger, note }) => ({
    key: trigger,
    insert: `/${trigger}`,
    name: `/${trigger}`,
    note,
  }))
}

/** What is offered for the name that is being typed. */
export const offersFor = (asked: Asked, text: string, where: Where): readonly Offer[] => {
  switch (asked.kind) {
    case 'mention':
      return mentionOffers(asked.term, where.channelId)
    case 'channel':
      return channelOffers(asked.term, where.channelId)
    case 'emoji':
      return emojiOffers(asked.term)
    case 'command':
      return commandOffers(asked, text, where)
  }
}
