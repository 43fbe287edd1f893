import { settings } from '@plausch/wire'
import { body, type Preparations } from '../draft.ts'

export const mfaPreparations: Preparations = {
  'mfa.generate': async ({ scene }) => {
    await scene.owner.call(settings.patch, {
      body: { ServiceSettings: { EnableMultifactorAuthentication: true } },
    })
  },
  'mfa.set': body(() => ({ activate: false })),
}
