/** Binds the keys of actions: everywhere, in the open channel, and on the message that has the focus. */
import type { Post } from '@plausch/wire'
import { useEffect } from 'react'
import { isBehindDialog, isTyping, matches } from '../browser/keys.ts'
import type { Action, Kind, Subjects } from '../platform/action.ts'
import { actionsOn, perform } from '../platform/actions.ts'
import { client } from '../platform/client.ts'
import { hereChannelId } from '../platform/place.ts'

/** The first action of a kind that has these keys and can be done to the subject. */
const actionFor = <K extends Kind>(
  event: KeyboardEvent,
  kind: K,
  subject: Subjects[K],
): Action<K> | undefined => {
  const bound = actionsOn(kind).filter(({ keys }) => keys !== undefined && matches(event, keys))
  return bound.find((each) => each.when?.(subject, (source) => source.get()) ?? true)
}

const postAt = (target: EventTarget | null): Post | undefined => {
  const row = target instanceof HTMLElement && target.matches('[data-post]') ? target : undefined
  return row && client.posts.records.one(row.dataset.post ?? '')
}

/** Does the field that has the focus need these keys itself? */
const belongsToField = (event: KeyboardEvent): boolean => {
  const own = event.target instanceof HTMLElement ? event.target.dataset.ownKeys : undefined
  return own?.split(' ').some((keys) => keys !== '' && matches(event, keys)) ?? false
}

const onKeyDown = (event: KeyboardEvent): void => {
  if (isBehindDialog() || belongsToField(event)) return
  const isCharacter = !event.ctrlKey && !event.metaKey && !event.altKey && !/^F\d/.test(event.key)
  if (isCharacter) {
    const post = isTyping(event.target) ? undefined : postAt(event.target)
    const found = post && actionFor(event, 'post', post)
    if (post && found) {
      event.preventDefault()
      perform(found, post)
    }
    return
  }
  const channel = client.channels.records.one(hereChannelId.get())
  const own = channel && actionFor(event, 'channel', channel)
  const found = own ?? actionFor(event, 'app', null)
  if (!found) return
  event.preventDefault()
  if (own && channel) perform(own, channel)
  else perform(found as Action<'app'>, null)
}

export const useKeys = (): void => {
  useEffect(() => {
    // In the capture phase, so that a field does not handle the key first.
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}
