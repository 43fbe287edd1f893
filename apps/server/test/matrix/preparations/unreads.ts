import { body, type Preparations } from '../draft.ts'

export const unreadsPreparations: Preparations = {
  'unreads.view': body(({ scene }) => ({ channel_id: scene.rooms.private.id })),
  'unreads.markRead': body(({ scene }) => [scene.rooms.private.id]),
}
