/**
 * What operations need, in addition to their usual preparation, to concern something in a state; and what in
 * a list shows that it was found.
 */
import { sendFile, unique, write } from '@plausch/testkit'
import {
  channels,
  drafts,
  files,
  groups,
  posts,
  preferences,
  reactions,
  scheduled,
  threads,
  users,
} from '@plausch/wire'
import { change, system } from '../../../src/core/context.ts'
import { issueToken } from '../../../src/features/people/accounts/tokens.ts'
import { type Draft, inviteOf, living, type Preparations, roomOf } from '../draft.ts'
import type { State } from '../states.ts'
import { builtIn } from './categories.ts'
import { inFreshRoom } from './channels.ts'

const seeking = (of: (draft: Draft) => string, more?: (draft: Draft) => void) => (draft: Draft) => {
  draft.sought = of(draft)
  more?.(draft)
}

const privateRoom = ({ scene }: Draft) => scene.rooms.private.id
const publicRoom = ({ scene }: Draft) => scene.rooms.public.id
const team = ({ scene }: Draft) => scene.closed.id
const target = ({ scene }: Draft) => scene.target.id

/** A post of the owner that the answer must contain by its id. */
const seekingPost = async (draft: Draft) => {
  const post = await write(draft.scene.owner, roomOf(draft), unique('sought'))
  draft.about = draft.sought = post.id
  return post
}

const byIds = async (draft: Draft) => {
  draft.body = [(await seekingPost(draft)).id]
}

const withReaction = async (draft: Draft) => {
  await byIds(draft)
  const { owner } = draft.scene
  const body = { user_id: owner.id, post_id: draft.sought ?? '', emoji_name: 'tada' }
  await owner.call(reactions.save, { body })
}

const saved = async (draft: Draft) => {
  const { id } = await seekingPost(draft)
  const person = living(draft)
  const body = [{ user_id: person?.id ?? '', category: 'flagged_post', name: id, value: 'true' }]
  await person?.call(preferences.save, { params: { user_id: 'me' }, body }).catch(() => undefined)
}

const inSearch = async (draft: Draft) => {
  const { message } = await seekingPost(draft)
  draft.body = { terms: message, include_deleted_channels: true }
}

const inFileSearch = async (draft: Draft) => {
  const { owner } = draft.scene
  const name = unique('sought')
  const { id } = await sendFile(owner, roomOf(draft), `${name}.txt`, 'x')
  const body = { channel_id: roomOf(draft).id, message: '', file_ids: [id] }
  draft.about = (await owner.call(posts.create, { body })).id
  draft.sought = id
  draft.body = { terms: name, include_deleted_channels: true }
}

/** A thread that the actor `inside` follows. */
const inThreads = async (draft: Draft) => {
  const { owner, people, closed } = draft.scene
  const root = await seekingPost(draft)
  await write(owner, roomOf(draft), 'a reply', root.id)
  if (draft.actor !== 'inside') return
  const params = { user_id: 'me', team_id: closed.id, thread_id: root.id }
  await people.inside.call(threads.follow, { params })
}

const inDrafts = async (draft: Draft) => {
  const { inside } = draft.scene.people
  const root = await write(draft.scene.owner, roomOf(draft), 'root')
  draft.about = root.id
  draft.sought = unique('draft')
  const body = { channel_id: roomOf(draft).id, message: draft.sought, root_id: root.id }
  if (draft.actor === 'inside') await inside.call(drafts.save, { body })
}

const inScheduled = async (draft: Draft) => {
  draft.sought = unique('later')
  const body = {
    channel_id: roomOf(draft).id,
    message: draft.sought,
    scheduled_at: Date.now() + 3_600_000,
  }
  if (draft.actor === 'inside') await draft.scene.people.inside.call(scheduled.create, { body })
}

const withArchived = (draft: Draft) => {
  draft.query.include_deleted = 'true'
}

const withRoom = (make: (draft: Draft) => unknown) => (draft: Draft) => {
  draft.body = make(draft)
}

const everywhere: Preparations = {
  'posts.listByIds': byIds,
  'posts.listSaved': saved,
  'reactions.listOfPosts': withReaction,
  'search.posts': inSearch,
  'search.files': inFileSearch,
}

const archivedChannel: Preparations = {
  ...everywhere,
  'channels.getByName': withArchived,
  'channels.getByTeamName': withArchived,
  'channels.restore': inFreshRoom,
  'channels.listArchived': seeking(privateRoom),
  'channels.listOfUser': seeking(privateRoom, withArchived),
  'channels.listOfUserInTeam': seeking(privateRoom, withArchived),
  'channels.autocompleteForSearch': seeking(privateRoom, ({ query, scene }) => {
    query.name = scene.rooms.private.name
  }),
  'channels.listPublic': seeking(publicRoom),
  'channels.listPublicByIds': seeking(publicRoom),
  'channels.listPrivate': seeking(privateRoom),
  'channels.listAll': seeking(privateRoom, ({ query }) => {
    query.per_page = '200'
  }),
  'channels.searchAll': seeking(privateRoom, (draft) => {
    draft.body = { term: draft.scene.rooms.private.name }
  }),
  'channels.search': seeking(publicRoom, (draft) => {
    draft.body = { term: draft.scene.rooms.public.name }
  }),
  'channels.autocomplete': seeking(publicRoom, ({ query, scene }) => {
    query.name = scene.rooms.public.name
  }),
  'home.get': seeking(privateRoom),
  'members.listOfUser': seeking(privateRoom),
  'members.listOfUserInTeam': seeking(privateRoom),
  'invitations.create': (draft) => {
    draft.body = { emails: draft.body, channelIds: [privateRoom(draft)] }
  },
  'groups.list': (draft) => {
    draft.query.include_channel_member_count = privateRoom(draft)
  },
  'search.postsInTeam': inSearch,
  'search.filesInTeam': inFileSearch,
  'drafts.list': inDrafts,
  'scheduled.list': inScheduled,
  'threads.list': inThreads,
  'unreads.view': seeking(privateRoom),
  'unreads.markRead': seeking(privateRoom),
  'categories.list': seeking(privateRoom),
  'categories.get': seeking(privateRoom),
  'categories.create': withRoom((draft) => ({ display_name: 'Made', channel_ids: [privateRoom(draft)] })),
  'categories.update': withRoom((draft) => ({ id: builtIn(draft), channel_ids: [privateRoom(draft)] })),
  'categories.updateAll': withRoom((draft) => [{ id: builtIn(draft), channel_ids: [privateRoom(draft)] }]),
}

const archivedTeam: Preparations = {
  ...everywhere,
  'teams.list': seeking(team, ({ query }) => {
    query.per_page = '200'
  }),
  'teams.search': seeking(team, (draft) => {
    draft.body = { term: draft.scene.closed.name }
  }),
  'teams.listOfUser': seeking(team),
  'teams.membersOfUser': seeking(team),
  'teams.joinByInvite': async (draft) => {
    draft.query.invite_id = await inviteOf(draft)
  },
  'channels.commonTeams': seeking(team),
  'channels.listOfUser': seeking(privateRoom, withArchived),
  'members.listOfUser': seeking(privateRoom),
  'home.get': seeking(team),
  'groups.list': (draft) => {
    draft.query.not_associated_to_team = team(draft)
  },
  'unreads.ofTeams': seeking(team),
  'unreads.view': seeking(privateRoom),
  'unreads.markRead': seeking(privateRoom),
}

/** The post with the file that the usual preparation sends. */
const ofFile = async (draft: Draft) => {
  const params = { file_id: draft.params.file_id ?? '' }
  draft.about = (await draft.scene.owner.call(files.info, { params })).post_id
}

/** A reply to a post of the owner. */
const below = async (draft: Draft) => {
  const root = await write(draft.scene.owner, roomOf(draft), 'root')
  draft.body = { ...(draft.body as object), root_id: root.id }
}

const deletedPost: Preparations = {
  ...everywhere,
  'files.get': ofFile,
  'files.head': ofFile,
  'files.thumbnail': ofFile,
  'files.headThumbnail': ofFile,
  'files.preview': ofFile,
  'files.headPreview': ofFile,
  'files.info': ofFile,
  'files.link': ofFile,
  'files.getPublic': ofFile,
  'files.headPublic': ofFile,
  'posts.create': below,
  'drafts.save': below,
  'scheduled.create': below,
  'commands.execute': below,
  'posts.listInChannel': async (draft) => {
    draft.sought = (await seekingPost(draft)).message
    draft.query.include_deleted = 'true'
  },
  'posts.listPinned': async (draft) => {
    await draft.scene.owner.call(posts.pin, { params: { post_id: (await seekingPost(draft)).id } })
  },
  'search.postsInTeam': inSearch,
  'search.filesInTeam': inFileSearch,
  'drafts.list': inDrafts,
  'threads.list': inThreads,
}

const tokenOf =
  (kind: 'verify' | 'reset' | 'desktop', more: object = {}) =>
  async (draft: Draft) => {
    const { at, target } = draft.scene
    const token = await change(at.server.app.server, { actor: system }, (context) =>
      issueToken(context, kind, target.id, target.user.email),
    )
    draft.body = { token, ...more }
  }

const turning = (draft: Draft) => {
  draft.params.user_id = draft.scene.target.id
}

const withTarget = (draft: Draft) => {
  draft.body = [target(draft)]
}

/** A conversation between the actor and the person it is about. */
const conversation = async (draft: Draft): Promise<string> => {
  const body = [draft.person?.id ?? '', target(draft)]
  return (await living(draft)?.call(channels.createDirect, { body }))?.id ?? ''
}

const deactivatedPerson: Preparations = {
  'accounts.verify': tokenOf('verify'),
  'accounts.desktopLogin': tokenOf('desktop'),
  'accounts.resetPassword': tokenOf('reset', { new_password: 'another horse battery' }),
  'users.setRoles': turning,
  'users.deactivate': turning,
  'users.demote': (draft) => {
    turning(draft)
    draft.after = async () => {
      const params = { user_id: draft.scene.target.id }
      if (draft.actor === 'root') await draft.scene.owner.call(users.promote, { params })
    }
  },
  'channels.createGroup': withRoom((draft) => [draft.scene.people.elsewhere.id, target(draft)]),
  'groups.create': (draft) => {
    draft.body = { ...(draft.body as object), user_ids: [target(draft)] }
  },
  'groups.removeMembers': async (draft) => {
    const params = { group_id: draft.params.group_id ?? '' }
    await draft.scene.owner.call(groups.addMembers, { params, body: { user_ids: [target(draft)] } })
  },
  'users.listByIds': seeking(target, withTarget),
  'presence.listByIds': seeking(target, withTarget),
  'members.listByIds': seeking(target, withTarget),
  'posts.create': async (draft) => {
    draft.body = { channel_id: await conversation(draft), message: 'unheard' }
  },
  'posts.listInChannel': async (draft) => {
    draft.params.channel_id = await conversation(draft)
  },
}

export const statePreparations: Record<State, Preparations> = {
  archivedChannel,
  archivedTeam,
  deletedPost,
  deactivatedPerson,
}
