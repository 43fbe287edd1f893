import { asOldFormat, body, type Preparations } from '../draft.ts'

export const settingsPreparations: Preparations = {
  'settings.patch': body(() => ({ TeamSettings: { SiteName: 'Plausch' } })),
  'settings.client': asOldFormat,
}
