import { formWith } from '@plausch/testkit'
import { brand, settings } from '@plausch/wire'
import sharp from 'sharp'
import { body, type Draft, type Preparations } from '../draft.ts'

export const PICTURE = new Uint8Array(
  await sharp({ create: { width: 8, height: 8, channels: 3, background: '#246' } })
    .png()
    .toBuffer(),
)

const sent = body(() => formWith('image', 'picture.png', PICTURE))

/** Sets a picture first, so that there is one. */
const withPicture = (path: (draft: Draft) => string) => async (draft: Draft) => {
  const init = { method: 'POST', body: formWith('image', 'picture.png', PICTURE) }
  await draft.scene.owner.fetch(`/api/v4${path(draft)}`, init)
}

const withBrand = async (draft: Draft) => {
  const { owner } = draft.scene
  await owner.call(settings.patch, { body: { TeamSettings: { EnableCustomBrand: true } } })
  await withPicture(() => brand.image.path.replace('/api/v4', ''))(draft)
}

export const picturesPreparations: Preparations = {
  'profiles.setImage': sent,
  'brand.image': withBrand,
  'brand.setImage': sent,
  'brand.removeImage': withBrand,
  'teams.icon': withPicture(({ params }) => `/teams/${params.team_id}/image`),
  'teams.setIcon': sent,
}
