import { settings } from '@plausch/wire'
import type { Draft, Preparations } from '../draft.ts'

const withPushes = async ({ scene }: Draft) => {
  await scene.owner.call(settings.patch, { body: { EmailSettings: { SendPushNotifications: true } } })
}

export const noticesPreparations: Preparations = {
  'notices.acknowledgePush': withPushes,
  'oauth.appInfo': ({ params, scene }) => {
    params.app_id = scene.closed.id
  },
}
