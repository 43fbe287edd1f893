import { dialog } from '../../../platform/dialogs.ts'
import type { Feature } from '../../../platform/feature.ts'
import { later } from '../../../platform/later.ts'

/** Cuts a square out of a picture. */
export const cropDialog = dialog(async () => (await import('./CropDialog.tsx')).CropDialog)

export const profiles: Feature = {
  name: 'profiles',
  settings: [
    {
      name: 'profile',
      title: 'people.profile',
      finds: [
        ...(['profile.picture', 'profile.firstName', 'profile.lastName', 'profile.nickname'] as const),
        ...(['profile.username', 'profile.position', 'people.email', 'profile.changeEmail'] as const),
      ],
      Section: later(async () => (await import('./ProfileSection.tsx')).ProfileSection),
    },
  ],
}
