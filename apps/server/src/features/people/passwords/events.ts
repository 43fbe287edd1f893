import { fact } from '../../../core/facts.ts'

/** A person's password changed. */
export const passwordChanged = fact<{ user_id: string }>('password.changed')
