import { type ActionTable, act } from '../../../core/action.ts'
import { signedIn } from '../../../core/route.ts'

export const actions: ActionTable = {
  /**
   * Clients report the result of a notification. The server keeps no statistics about people, so it drops the
   * data.
   */
  posted_notify_ack: act(
    signedIn,
    () => undefined,
    () => undefined,
  ),
}
