import { signUp } from '@plausch/testkit'
import { settings } from '@plausch/wire'
import { change, system } from '../../../src/core/context.ts'
import { issueToken } from '../../../src/features/people/accounts/tokens.ts'
import type { Draft, Preparations } from '../draft.ts'

/** A token of a person who is no actor: it works for whoever has it. */
const withToken =
  (kind: 'verify' | 'reset' | 'desktop', more: object = {}) =>
  async (draft: Draft) => {
    const { server } = draft.scene.at
    const { id, user } = await signUp(server, 'tokened', draft.scene.closed.invite_id)
    const token = await change(server.app.server, { actor: system }, (context) =>
      issueToken(context, kind, id, user.email),
    )
    draft.body = { token, ...more }
  }

const withMail = async (draft: Draft) => {
  const name = (FeedbackEmail: string, SiteURL: string) =>
    draft.scene.owner.call(settings.patch, {
      body: { EmailSettings: { FeedbackEmail }, ServiceSettings: { SiteURL } },
    })
  await name('plausch@example.org', 'https://chat.example.org')
  draft.after = async () => {
    await name('', '')
  }
}

export const accountsPreparations: Preparations = {
  'accounts.setWay': async (draft) => {
    const { server } = draft.scene.at
    draft.params.user_id = (await signUp(server, 'moved', draft.scene.closed.invite_id)).id
    draft.body = { auth_service: 'gitlab', auth_data: draft.params.user_id }
  },
  'accounts.verify': withToken('verify'),
  'accounts.resetPassword': withToken('reset', { new_password: 'another horse battery' }),
  'accounts.desktopLogin': withToken('desktop'),
  'accounts.sendVerification': withMail,
  'accounts.sendReset': withMail,
}
