/** A notice outside of the page: by the desktop app if there is one, else by the browser. */
import { desktopApp } from '../../../browser/desktop-app.ts'
import { goTo } from '../../../browser/path.ts'
import { closeDialogs } from '../../../platform/dialogs.ts'
import { permission } from './permission.ts'

export type Shown = {
  title: string
  body: string
  postId: string
  channelId: string
  teamId: string
  /** Where it leads. */
  path: string
}

const open = (path: string): void => {
  closeDialogs()
  goTo(path)
}

/** Newer notices replace the older one of the same message, whichever tab shows them. */
const byBrowser = ({ title, body, postId, path }: Shown): void => {
  if (permission() !== 'granted') return
  const options = { body, tag: postId, icon: '/favicon.svg', silent: true }
  try {
    const notice = new Notification(title, options)
    notice.addEventListener('click', () => {
      window.focus()
      open(path)
      notice.close()
    })
  } catch {
    // On phones only the service worker may show some; it opens `url` when it is pressed.
    if (!('serviceWorker' in navigator)) return
    navigator.serviceWorker.ready
      .then((worker) => worker.showNotification(title, { ...options, data: { url: path } }))
      .catch(() => undefined)
  }
}

/** Shows it; the sound is made apart. Returns whether the desktop app did, with its own sound. */
export const show = (shown: Shown, isSilent: boolean): boolean => {
  if (!desktopApp?.sendNotification) {
    byBrowser(shown)
    return false
  }
  const { title, body, channelId, teamId, path } = shown
  // The app tells by itself if the system refused.
  desktopApp.sendNotification(title, body, channelId, teamId, path, isSilent, 'Bing').catch(() => undefined)
  return true
}

/** Follows presses on notices of the desktop app; the result ends that. */
export const followApp = (): (() => void) => {
  const ends = [
    desktopApp?.onNotificationClicked?.((_channelId, _teamId, url) => open(url)),
    desktopApp?.onBrowserHistoryPush?.((path) => open(path)),
  ]
  return () => {
    for (const end of ends) end?.()
  }
}
