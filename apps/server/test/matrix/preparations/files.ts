import { sendFile } from '@plausch/testkit'
import { files, posts, settings } from '@plausch/wire'
import { type Draft, type Preparations, roomOf } from '../draft.ts'
import { PICTURE } from './pictures.ts'

/** A picture of the owner in a message in the room. */
const inRoom = async (draft: Draft) => {
  const { owner } = draft.scene
  const room = roomOf(draft)
  const { id } = await sendFile(owner, room, 'picture.png', PICTURE)
  await owner.call(posts.create, { body: { channel_id: room.id, message: 'with a file', file_ids: [id] } })
  draft.params.file_id = id
}

const withLinks = async (draft: Draft) => {
  await draft.scene.owner.call(settings.patch, { body: { FileSettings: { EnablePublicLink: true } } })
  await inRoom(draft)
}

/** The owner's public link, for whoever has it. */
const byLink = async (draft: Draft) => {
  await withLinks(draft)
  const { link } = await draft.scene.owner.call(files.link, {
    params: { file_id: draft.params.file_id ?? '' },
  })
  draft.query.h = new URL(link).searchParams.get('h') ?? ''
}

export const filesPreparations: Preparations = {
  'files.upload': (draft) => {
    draft.query.channel_id = roomOf(draft).id
    draft.query.filename = 'x.txt'
    draft.body = { any: 'bytes' }
  },
  'files.get': inRoom,
  'files.head': inRoom,
  'files.thumbnail': inRoom,
  'files.headThumbnail': inRoom,
  'files.preview': inRoom,
  'files.headPreview': inRoom,
  'files.info': inRoom,
  'files.link': withLinks,
  'files.getPublic': byLink,
  'files.headPublic': byLink,
}
