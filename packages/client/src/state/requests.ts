/** Teams on request: clients keep none of them, but know when to ask again. */
import { Value } from '../source.ts'
import type { Noun } from './noun.ts'

export const createRequests = () => {
  /** Grows when a request changed that concerns this person, or when changes may have been missed. */
  const changes = new Value(0)
  const again = (): void => changes.set(changes.get() + 1)
  const noun: Noun = { on: { team_request_changed: again }, load: again, clear: () => undefined }
  return { ...noun, changes }
}
