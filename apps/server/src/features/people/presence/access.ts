import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { mayActFor, maySeeUser, seenIds } from '../users/index.ts'

/** A person who may know of somebody may also see their status. */
export const maySeeStatus = async (
  context: Context,
  input: { params: { user_id: string } },
): Promise<string> => (await maySeeUser(context, input)).id

/** Those of the people whose statuses the actor may see. */
export const maySeeStatuses = async (
  context: Context,
  { body }: { body: readonly string[] },
): Promise<string[]> => [...(await seenIds(context, body))]

/** The actor's own status, or that of a person whom the actor may edit. */
export const maySetStatus = async (
  context: Context,
  input: { params: { user_id: string } },
): Promise<string> => {
  await mayActFor(context, input)
  if (!context.server.settings().ServiceSettings.EnableUserStatuses) throw new Fault('presence.off')
  return await maySeeStatus(context, input)
}

/** The actor's own custom status, or that of a person whom the actor may edit. */
export const maySetCustom = async (
  context: Context,
  input: { params: { user_id: string } },
): Promise<string> => {
  const userId = await mayActFor(context, input)
  if (!context.server.settings().TeamSettings.EnableCustomUserStatuses) throw new Fault('presence.custom_off')
  return userId
}
