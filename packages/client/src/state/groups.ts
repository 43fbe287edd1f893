/** Groups that can be mentioned, and those that the signed-in person is in. */
import { type Group, groups as operations, type User } from '@plausch/wire'
import { everyPage } from '../pages.ts'
import { Collection, Value } from '../source.ts'
import { byKey, type Context, type Noun } from './noun.ts'
import { createOpened } from './opened.ts'

const PAGE = 200

/** A group that can be mentioned has a name. */
export type NamedGroup = Group & { name: string }

const isNamed = (group: Group): group is NamedGroup => group.name !== null

/**
 * Events contain the number of members only when the group itself changes, so screens that need it ask for
 * it.
 */
const named = ({ member_count: _, ...group }: NamedGroup): NamedGroup => group

/** All groups that can be mentioned, or those that were archived, page by page. */
const listAll = async (call: Context['call'], isArchived = false): Promise<NamedGroup[]> =>
  (
    await everyPage(PAGE, (page) =>
      call(operations.list, {
        query: { ...page, filter_allow_reference: true, filter_archived: isArchived },
      }),
    )
  ).filter(isNamed)

export const createGroups = (context: Context) => {
  const { call, me } = context
  const records = new Collection<NamedGroup>()
  /** Ids of the signed-in person's groups. */
  const mine = new Value<ReadonlySet<string>>(new Set())

  const opened = createOpened(
    context,
    async () => {
      const all = await listAll(call)
      const own = await call(operations.listOfUser, { params: { user_id: 'me' } })
      return () => {
        records.replace(byKey(all, ({ id }) => id))
        mine.set(new Set(own.map(({ id }) => id)))
      }
    },
    () => {
      records.clear()
      mine.set(new Set())
    },
  )

  const received = (group: Group): void => {
    if (group.delete_at > 0 || !group.allow_reference || !isNamed(group)) {
      records.delete(group.id)
      mine.set(new Set([...mine.get()].filter((id) => id !== group.id)))
    } else if (records.has(group.id)) records.set(group.id, named(group))
    // The group is new, or was restored with its earlier members.
    else opened.again()
  }

  const setMine = (groupId: string, isIn: boolean): void =>
    opened.change('', () => {
      const others = [...mine.get()].filter((id) => id !== groupId)
      mine.set(new Set(isIn ? [...others, groupId] : others))
    })

  const noun: Noun = {
    on: {
      received_group: ({ group }) => opened.change('', () => received(group)),
      group_member_add: ({ group_member: { group_id, user_id } }) => {
        if (user_id === me()) setMine(group_id, true)
      },
      group_member_deleted: ({ group_member: { group_id, user_id } }) => {
        if (user_id === me()) setMine(group_id, false)
      },
    },
    load: () => opened.again(),
    clear: opened.clear,
  }

  return {
    ...noun,
    records,
    mine,
    /** Loads all of them. */
    open: (): Promise<void> => opened.load(''),
    ...groupCalls(context, (group) => opened.change('', () => received(group))),
  }
}

type NewGroup = { name: string; display_name: string; description?: string; user_ids: string[] }
type GroupPatch = { name?: string; display_name?: string; description?: string }

const groupCalls = ({ call }: Context, received: (group: Group) => void) => ({
  async create(group: NewGroup): Promise<Group> {
    const body = { ...group, source: 'custom', allow_reference: true }
    const made = await call(operations.create, { body })
    received(made)
    return made
  },
  async patch(groupId: string, patch: GroupPatch): Promise<void> {
    received(await call(operations.patch, { params: { group_id: groupId }, body: patch }))
  },
  /** From then on nobody can mention it; an administrator can restore it. */
  async archive(groupId: string): Promise<void> {
    received(await call(operations.archive, { params: { group_id: groupId } }))
  },
  listArchived: (): Promise<NamedGroup[]> => listAll(call, true),
  /** It can be mentioned again, with its earlier members. */
  async restore(groupId: string): Promise<void> {
    received(await call(operations.restore, { params: { group_id: groupId } }))
  },
  listMembers: (groupId: string): Promise<User[]> =>
    everyPage(PAGE, async (query) => {
      const { members } = await call(operations.listMembers, { params: { group_id: groupId }, query })
      return members
    }),
  addMembers: (groupId: string, userIds: readonly string[]): Promise<unknown> =>
    call(operations.addMembers, { params: { group_id: groupId }, body: { user_ids: [...userIds] } }),
  removeMembers: (groupId: string, userIds: readonly string[]): Promise<unknown> =>
    call(operations.removeMembers, { params: { group_id: groupId }, body: { user_ids: [...userIds] } }),
})

export type Groups = ReturnType<typeof createGroups>
