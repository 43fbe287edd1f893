/** How long guests stay, as far as the server tells the reader. */
import { Collection, keyed, type Source, select } from '@plausch/client'
import { type GuestStay, guests as operations } from '@plausch/wire'
import { client } from '../../../platform/client.ts'

/** By the reader and the guest: another person in this browser sees none of it. */
const stays = new Collection<GuestStay>()
const keyOf = (reader: string, guestId: string): string => `${reader} ${guestId}`

/** The stay of a guest; undefined while it is not known, or if the reader may not know it. */
export const stayOf: (guestId: string) => Source<GuestStay | undefined> = keyed((guestId) =>
  select((read) => read(stays.at(keyOf(read(client.myId), guestId)))),
)

export const putStay = (stay: GuestStay): void => stays.set(keyOf(client.myId.get(), stay.user_id), stay)

/** More are asked for in several requests. */
const AT_ONCE = 200
let wanted = new Set<string>()

const ask = async (): Promise<void> => {
  const ids = [...wanted]
  wanted = new Set()
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const found = await client.call(operations.listByIds, { body: ids.slice(from, from + AT_ONCE) })
    for (const stay of found) putStay(stay)
  }
}

/** Asks for the stay of a guest, together with those of others that are wanted at the same time. */
export const wantStay = (guestId: string): void => {
  // Who cannot be asked now is asked for when they are shown again.
  if (wanted.size === 0) setTimeout(() => void ask().catch(() => undefined))
  wanted.add(guestId)
}

/** May the reader try to change it? The server decides. */
export const mayTry: (guestId: string) => Source<boolean> = keyed((guestId) =>
  select(
    (read) =>
      read(client.roles.permissions('')).has('promote_guest') ||
      read(stayOf(guestId))?.inviter_id === read(client.myId),
  ),
)
