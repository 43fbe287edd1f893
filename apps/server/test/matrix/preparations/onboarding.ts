import { unique } from '@plausch/testkit'
import { body, inviteOf, type Preparations } from '../draft.ts'

export const onboardingPreparations: Preparations = {
  'onboarding.signUp': async (draft) => {
    const username = unique('signedup')
    draft.body = { username, email: `${username}@example.org`, password: 'correct horse battery' }
    if (draft.kase === 'invited') draft.query.iid = await inviteOf(draft)
  },
  'onboarding.firstTeam': body(() => ({ name: unique('first'), display_name: 'First' })),
}
