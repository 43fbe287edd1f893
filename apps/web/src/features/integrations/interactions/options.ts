/** Options of menus and dialogs: a list, people, channels, or what the integration finds. */
import { nameOf } from '@plausch/client'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'

export type Choosable = { text: string; value: string }

const MOST = 50

const people = async (term: string): Promise<readonly Choosable[]> => {
  const form = client.nameForm.get()
  return (await client.users.search(term)).map((user) => ({
    text: `${nameOf(user, form)} (@${user.username})`,
    value: user.id,
  }))
}

const channels = (): Choosable[] =>
  client.channels.records
    .get()
    .filter(({ type, delete_at }) => (type === 'O' || type === 'P') && delete_at === 0)
    .map(({ id }) => ({ text: channelName(id).get(), value: id }))

/** Finds options by a part of their text. */
export const findOptions = async (
  source: string,
  listed: readonly Choosable[],
  term: string,
): Promise<readonly Choosable[]> => {
  if (source === 'users') return await people(term)
  const all = source === 'channels' ? channels() : listed
  const wanted = term.toLowerCase()
  return all.filter(({ text }) => text.toLowerCase().includes(wanted)).slice(0, MOST)
}
