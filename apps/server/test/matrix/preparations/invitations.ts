import { unique } from '@plausch/testkit'
import { settings } from '@plausch/wire'
import type { Draft, Preparations } from '../draft.ts'

/** Configures mail, and switches invitations by mail and guests on. */
const withMail = async (draft: Draft, isOn = true) => {
  const [FeedbackEmail, SiteURL] = isOn ? ['plausch@example.org', 'https://chat.example.org'] : ['', '']
  const body = {
    EmailSettings: { FeedbackEmail },
    ServiceSettings: { SiteURL, EnableEmailInvitations: isOn },
    GuestAccountsSettings: { Enable: true },
  }
  await draft.scene.owner.call(settings.patch, { body })
}

const emails = () => [`${unique('invited')}@example.org`]

export const invitationsPreparations: Preparations = {
  'invitations.create': async (draft) => {
    await withMail(draft)
    draft.body = emails()
    draft.after = () => withMail(draft, false)
  },
  'invitations.createForGuests': async (draft) => {
    await withMail(draft)
    draft.body = { emails: emails(), channels: [draft.scene.rooms.private.id] }
    draft.after = () => withMail(draft, false)
  },
}
