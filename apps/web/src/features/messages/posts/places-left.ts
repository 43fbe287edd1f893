/** Where the reader was when they left a list in the middle of its history. It lasts as long as the tab. */
import { tabStorage } from '../../../browser/storage.ts'
import { client } from '../../../platform/client.ts'
import { accountInCookie, session } from '../../../platform/session.ts'
import type { Place } from './scroll-keeper.ts'

export type Left = Place & {
  /** The post of the row, by which it can be loaded again. */
  post: string
  /** The first post of the rendered part. */
  first: string | undefined
}

/** A tab remembers so many places, those left last. */
const MOST = 100

const NAME = 'places'

const readPlaces = (account: string): Map<string, Left> => {
  try {
    const stored = JSON.parse(tabStorage.get(NAME) ?? '{}')
    return new Map(stored.account === account ? stored.places : [])
  } catch {
    return new Map()
  }
}

const known = { account: '', places: new Map<string, Left>() }

/** The places of the account that is signed in. */
const current = (): Map<string, Left> => {
  const account = accountInCookie()
  if (known.account !== account) {
    known.account = account
    known.places = readPlaces(account)
  }
  return known.places
}

session.phase.subscribe(() => {
  if (session.phase.get() !== 'signed-out') return
  known.account = ''
  tabStorage.remove(NAME)
})

client.posts.hold(() => [...current().values()].map(({ post }) => post), true)

/** Where the reader left a list; undefined if that was at its end. */
export const placeLeft = (listId: string): Left | undefined => current().get(listId)

export const leavePlace = (listId: string, left: Left | undefined): void => {
  const places = current()
  places.delete(listId)
  if (left) places.set(listId, left)
  for (const oldest of places.keys()) {
    if (places.size <= MOST) break
    places.delete(oldest)
  }
  if (known.account !== '')
    tabStorage.set(NAME, JSON.stringify({ account: known.account, places: [...places] }))
}
