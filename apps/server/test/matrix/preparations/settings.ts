import { settings } from '@plausch/wire'
import { asOldFormat, body, type Preparations } from '../draft.ts'

export const settingsPreparations: Preparations = {
  'settings.patch': body(() => ({ TeamSettings: { SiteName: 'Plausch' } })),
  // The request must name all settings of others: it would reset the rest.
  'settings.replace': async (draft) => {
    draft.body = await draft.scene.owner.call(settings.get, {})
  },
  'settings.client': asOldFormat,
}
