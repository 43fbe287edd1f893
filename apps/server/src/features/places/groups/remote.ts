/**
 * Groups of the directory and of sign-in services, which the nouns directory and sso link and keep up to
 * date. Only they add their members.
 */
import type { Group } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import { announceAdded, announceGroup, announceRemoved, groupLinked } from './events.ts'
import { freeName } from './naming.ts'
import { shownGroup, shownMember } from './records.ts'
import { save } from './service.ts'
import {
  deleteAllMembers,
  deleteMembers,
  findRemote,
  type GroupRow,
  insertGroup,
  insertMembers,
  type ListedGroup,
  lockGroup,
  type RemoteSource,
  saveRead,
} from './store.ts'

const MOST = 128

/** As long as v4 permits, cut between characters. */
export const shortName = (text: string): string => [...text].slice(0, MOST).join('')

export type RemoteGroup = { remote_id: string; display_name: string }

/**
 * Passes of the directory say when they have read a whole group. A sign-in service speaks of one person at a
 * time: since when it is asked about the group is all that is known (`group_readings` has the rest).
 */
const readFrom = (source: RemoteSource, now: number): number => (source === 'ldap' ? 0 : now)

const locked = async (
  { db }: Context,
  source: RemoteSource,
  remoteId: string,
): Promise<ListedGroup | undefined> => {
  const [found] = await findRemote(db, source, [remoteId])
  return found && (await lockGroup(db, found.id))
}

/**
 * Makes a group of a source known here, or brings it back. It has no name, and nobody can mention it,
 * until an administrator says so.
 */
export const linkRemote = async (
  context: Context,
  source: RemoteSource,
  { remote_id, display_name }: RemoteGroup,
): Promise<{ row: GroupRow; group: Group; isNew: boolean }> => {
  const { db, now } = context
  const known = await locked(context, source, remote_id)
  if (known && known.delete_at === 0) return { row: known, group: shownGroup(known), isNew: false }
  if (known) {
    // Whoever was in it then may not be any more: it is as empty as a new one until it has been read.
    await deleteAllMembers(db, known.id)
    const change = { delete_at: 0, read_at: readFrom(source, now), display_name: shortName(display_name) }
    const group = await save(context, known, change)
    await context.emit(groupLinked, { group_id: known.id, isLinked: true })
    return { row: { ...known, delete_at: 0 }, group, isNew: false }
  }
  const group: GroupRow = {
    id: newId(now),
    name: null,
    display_name: shortName(display_name),
    description: '',
    source,
    remote_id,
    allow_reference: false,
    create_at: now,
    update_at: now,
    delete_at: 0,
    read_at: readFrom(source, now),
  }
  await insertGroup(db, group)
  announceGroup(context, shownGroup(group))
  return { row: group, group: shownGroup(group), isNew: true }
}

/**
 * Archives a group of a source: it has no members any more, and its links to teams and channels decide
 * nothing.
 */
export const unlinkRemote = async (
  context: Context,
  source: RemoteSource,
  remoteId: string,
): Promise<void> => {
  const { db, now } = context
  const group = await locked(context, source, remoteId)
  if (!group || group.delete_at > 0) throw new Fault('app.group.no_rows')
  const removed = await deleteAllMembers(db, group.id)
  if (group.allow_reference) for (const row of removed) announceRemoved(context, shownMember(row, now))
  await save(context, group, { delete_at: now })
  await context.emit(groupLinked, { group_id: group.id, isLinked: false })
}

/** Lets people mention a group, by a name made of its display name unless it has one. */
export const allowMention = async (context: Context, groupId: string): Promise<void> => {
  const group = await lockGroup(context.db, groupId)
  if (group && group.delete_at === 0 && !group.allow_reference)
    await save(context, group, {
      allow_reference: true,
      name: group.name ?? (await freeName(context, group)),
    })
}

/** The group has another name in the directory. */
export const renameRemote = async (context: Context, groupId: string, name: string): Promise<void> => {
  const group = await lockGroup(context.db, groupId)
  const display_name = shortName(name)
  if (group && group.display_name !== display_name) await save(context, group, { display_name })
}

/**
 * A pass has read who is in the group; from now on its links may take people out of teams and channels. Not
 * if the group was changed since the pass looked: it may have been unlinked and linked again.
 */
export const markRead = async ({ db, now }: Context, group: ListedGroup): Promise<void> => {
  await saveRead(db, group.id, group.update_at, now)
}

/** Adds and removes members as the source of the group says; who is in already, or is not, costs nothing.
 * Returns whom it has changed. */
export const changeMembers = async (
  context: Context,
  source: RemoteSource,
  groupId: string,
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): Promise<{ added: string[]; removed: string[] }> => {
  const { db, now } = context
  const group = await lockGroup(db, groupId)
  if (!group || group.source !== source || group.delete_at > 0) return { added: [], removed: [] }
  const added = add.length > 0 ? await insertMembers(db, groupId, add, now) : []
  const removed = remove.length > 0 ? await deleteMembers(db, groupId, remove) : []
  // Of a group that cannot be mentioned not even its members know.
  if (group.allow_reference) {
    for (const row of added) announceAdded(context, shownMember(row, 0))
    for (const row of removed) announceRemoved(context, shownMember(row, now))
  }
  return { added: added.map(({ user_id }) => user_id), removed: removed.map(({ user_id }) => user_id) }
}
