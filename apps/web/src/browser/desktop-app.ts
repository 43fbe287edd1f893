/**
 * The official Mattermost desktop app shows the page of the server and gives it a bridge. The names and
 * orders of arguments are the app's.
 */
type Bridge = {
  setUnreadsAndMentions?(isUnread: boolean, mentions: number): void
  setSessionExpired?(isExpired: boolean): void
  sendNotification?(
    title: string,
    body: string,
    channelId: string,
    teamId: string,
    url: string,
    silent: boolean,
    soundName: string,
  ): Promise<unknown>
  onNotificationClicked?(listener: (channelId: string, teamId: string, url: string) => void): () => void
  onBrowserHistoryPush?(listener: (path: string) => void): () => void
  onUserActivityUpdate?(
    listener: (isActive: boolean, idleTime: number, isSystemEvent: boolean) => void,
  ): () => void
  onLogin?(): void
  onLogout?(): void
  reactAppInitialized?(): void
}

/** The bridge, if this page is inside of the app; older apps lack some of its functions. */
export const desktopApp: Bridge | undefined = (globalThis as { desktopAPI?: Bridge }).desktopAPI
