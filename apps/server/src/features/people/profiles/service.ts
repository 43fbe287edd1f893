import type { InputOf, profiles } from '@plausch/wire'
import { type Context, change, read, system } from '../../../core/context.ts'
import type { Server } from '../../../core/server.ts'
import {
  receivePicture,
  removePicture,
  SQUARE,
  setPicture,
  shapePicture,
  showBytes,
  showPicture,
} from '../../ground/pictures/index.ts'
import { lockAccount, mayEditUser, notePicture, refuseProvided, type UserRow } from '../users/index.ts'
import { drawInitials } from './initials.ts'

const ownerOf = (user: UserRow) => `user:${user.id}`

export const defaultImage = async (context: Context, _input: unknown, user: UserRow) => {
  const { bytes, etag } = await drawInitials(context.server, user)
  return showBytes(context, bytes, etag)
}

export const image = async (context: Context, input: unknown, user: UserRow) =>
  (await showPicture(context, ownerOf(user))) ?? (await defaultImage(context, input, user))

/** Receiving the picture takes time, so the permission to set it is checked again afterwards. */
export const setImage = async (context: Context, input: InputOf<typeof profiles.setImage>, user: UserRow) => {
  const bytes = await receivePicture(context, input.body, SQUARE)
  await setPicture(context, ownerOf(user), bytes, async (inside) => {
    const edited = await mayEditUser(inside, input)
    refuseProvided(context.server, edited, ['picture'])
    await notePicture(inside, edited)
  })
  return { status: 'OK' as const }
}

/** Gives an account the picture that its directory has; undefined for none. Throws if it is no picture. */
export const takePicture = async (
  server: Server,
  userId: string,
  bytes: Buffer | undefined,
): Promise<void> => {
  const asSystem = { actor: system }
  if (bytes) {
    const shaped = await shapePicture(server, bytes, SQUARE)
    await read(server, asSystem, (context) =>
      setPicture(context, `user:${userId}`, shaped, async (inside) =>
        notePicture(inside, await lockAccount(inside, userId)),
      ),
    )
  } else
    await change(server, asSystem, async (context) => {
      const user = await lockAccount(context, userId)
      if (await removePicture(context, ownerOf(user))) await notePicture(context, user)
    })
}

export const removeImage = async (context: Context, _input: unknown, user: UserRow) => {
  refuseProvided(context.server, user, ['picture'])
  if (await removePicture(context, ownerOf(user))) await notePicture(context, user)
  return { status: 'OK' as const }
}
