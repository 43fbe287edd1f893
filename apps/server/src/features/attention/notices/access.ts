import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'

export const mayAcknowledgePush = ({ server }: Context): void => {
  if (!server.settings().EmailSettings.SendPushNotifications) throw new Fault('push.off')
}
