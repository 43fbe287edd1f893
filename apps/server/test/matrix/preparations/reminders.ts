import { body, type Preparations } from '../draft.ts'

export const remindersPreparations: Preparations = {
  'reminders.save': body(() => ({ target_time: Math.floor(Date.now() / 1000) + 3600 })),
}
