/** All nouns together. The order is the rank: a noun knows only those before it. */
import { derive, type Source, select, type Value } from '../source.ts'
import { createArrivals } from './arrivals.ts'
import { createAttributes } from './attributes.ts'
import { createBookmarks } from './bookmarks.ts'
import { createCategories } from './categories.ts'
import type { ChangingContext } from './changes.ts'
import { createChannels } from './channels/channels.ts'
import { collapsingOf } from './collapsing.ts'
import { createDrafts } from './drafts.ts'
import { createEmoji } from './emoji.ts'
import { createGroups } from './groups.ts'
import { createInteractions } from './interactions.ts'
import { createMembers } from './members.ts'

import { createMarked } from './posts/marked.ts'
import { createPosts } from './posts/posts.ts'
import { createTyping } from './posts/typing.ts'
import { createPreferences, type Preferences } from './preferences.ts'
import { createPresence } from './presence.ts'
import { createRequests } from './requests.ts'
import { createRoles } from './roles.ts'
import { createScheduled } from './scheduled.ts'
import { createSettings, type Settings } from './settings.ts'
import { createTeams } from './teams.ts'
import { createThreads } from './threads/threads.ts'
import { createUnreads } from './unreads.ts'
import { createUsers, isNameForm, type NameForm } from './users.ts'

/** The form of people's names: the person's own choice, or else the server's. */
const nameFormOf = (preferences: Preferences, settings: Settings): Source<NameForm> =>
  derive([preferences.at('display_settings', 'name_format'), settings.config], (preference, config) => {
    const form = preference?.value || config.TeammateNameDisplay
    return isNameForm(form) ? form : 'username'
  })

/** Settings, people, and who the signed-in person is; `reload` loads the start bundle again. */
const createPeople = (context: ChangingContext, myId: Value<string>, reload: () => Promise<void>) => {
  const settings = createSettings(context)
  const users = createUsers(context)
  const preferences = createPreferences(context)
  const presence = createPresence(context)
  const teams = createTeams(context, reload)
  const members = createMembers(context, users)
  const me = select((read) => read(users.records.at(read(myId))))
  const roles = createRoles(context, {
    me,
    team: (teamId) => teams.members.at(teamId),
    channel: (channelId) => members.mine.at(channelId),
  })
  return { nouns: { settings, users, preferences, presence, teams, members, roles }, me }
}

/** Makes all nouns; the keys of `nouns` are in their order. */
export const createNouns = (context: ChangingContext, myId: Value<string>, reload: () => Promise<void>) => {
  const { nouns: people, me } = createPeople(context, myId, reload)
  const { users, members } = people
  const channels = createChannels(context, users, members)
  const isCollapsed = collapsingOf(people.settings, people.preferences)
  const posts = createPosts(context, users, channels, isCollapsed)
  const threads = createThreads(context, channels, posts)
  const nouns = {
    ...people,
    channels,
    categories: createCategories(context, channels),
    groups: createGroups(context),
    requests: createRequests(),
    attributes: createAttributes(context),
    emoji: createEmoji(context),
    posts,
    marked: createMarked(context, people.preferences, channels, posts),
    typing: createTyping(context, users, isCollapsed),
    threads,
    unreads: createUnreads(context, { channels, members, threads, isCollapsed }, posts),
    drafts: createDrafts(context, channels),
    scheduled: createScheduled(context, channels),
    bookmarks: createBookmarks(context, channels),
    interactions: createInteractions(context),
    arrivals: createArrivals(),
  }
  return { nouns, me, isCollapsed, nameForm: nameFormOf(people.preferences, people.settings) }
}

export type Nouns = ReturnType<typeof createNouns>['nouns']
