import { settings } from '@plausch/wire'
import { asOldFormat, body, type Preparations } from '../draft.ts'

export const settingsPreparations: Preparations = {
  'settings.patch': body(() => ({ TeamSettings: { SiteName: 'Plausch' } })),
  // What others have set stays as it is: nothing that this one does not name is.
  'settings.replace': async (draft) => {
    draft.body = await draft.scene.owner.call(settings.get, {})
  },
  'settings.client': asOldFormat,
}
