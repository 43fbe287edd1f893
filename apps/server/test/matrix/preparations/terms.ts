import { settings, terms } from '@plausch/wire'
import { body, type Draft, isOwn, living, type Preparations } from '../draft.ts'

/** Terms that are to be accepted; the same text twice is one version. */
const withTerms = async ({ scene: { owner } }: Draft): Promise<string> => {
  const SupportSettings = { CustomTermsOfServiceEnabled: true }
  await owner.call(settings.patch, { body: { SupportSettings } })
  return (await owner.call(terms.create, { body: { text: 'Be kind.' } })).id
}

const confirming = async (draft: Draft) => {
  draft.body = { termsOfServiceId: await withTerms(draft), accepted: true }
}

export const termsPreparations: Preparations = {
  'terms.latest': async (draft) => {
    await withTerms(draft)
  },
  'terms.create': body(() => ({ text: 'Be kind to all.' })),
  'terms.confirm': confirming,
  'terms.ofUser': async (draft) => {
    await confirming(draft)
    const whose = isOwn(draft) ? living(draft) : draft.scene.target
    await whose?.call(terms.confirm, { params: { user_id: 'me' }, body: draft.body as never })
    draft.body = undefined
  },
}
