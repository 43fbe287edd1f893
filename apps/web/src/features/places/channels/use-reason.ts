import { useText } from '../../../i18n/text.ts'
import type { Reason } from '../../../platform/action.ts'

/** A reason in the reader's language; '' for none. */
export const useReason = (reason: Reason | ''): string => {
  const say = useText()
  if (reason === '') return ''
  return typeof reason === 'string' ? say(reason) : say(reason.id, reason.values)
}
