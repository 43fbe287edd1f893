/** May the browser show notices? `default`: nobody was asked. */
export const permission = (): NotificationPermission =>
  'Notification' in globalThis ? Notification.permission : 'denied'
