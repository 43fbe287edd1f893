import { type ActionTable, act } from '../../../core/action.ts'
import { signedIn } from '../../../core/route.ts'

export const actions: ActionTable = {
  /** Clients tell how a notification went; nobody keeps statistics of people here. */
  posted_notify_ack: act(
    signedIn,
    () => undefined,
    () => undefined,
  ),
}
