import { formWith, type Person, unique } from '@plausch/testkit'
import type { CustomEmoji } from '@plausch/wire'
import { body, type Draft, isOwn, living, type Preparations } from '../draft.ts'
import { PICTURE } from './pictures.ts'

const formOf = (name: string) => formWith('image', 'emoji.png', PICTURE, { emoji: JSON.stringify({ name }) })

const make = async (by: Person): Promise<CustomEmoji> => {
  const init = { method: 'POST', body: formOf(unique('emoji')) }
  return (await (await by.fetch('/api/v4/emoji', init)).json()) as CustomEmoji
}

const made = async (draft: Draft) => {
  const { id, name } = await make(
    (isOwn(draft) && draft.actor !== 'guest' && living(draft)) || draft.scene.owner,
  )
  draft.params.emoji_id = id
  draft.params.emoji_name = name
}

export const emojiPreparations: Preparations = {
  'emoji.create': body(() => formOf(unique('emoji'))),
  'emoji.autocomplete': ({ query }) => {
    query.name = 'x'
  },
  'emoji.getByName': made,
  'emoji.get': made,
  'emoji.image': made,
  'emoji.remove': made,
}
