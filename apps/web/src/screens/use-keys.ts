/** Binds the keys of actions: everywhere, in the open channel, and on the message that has the focus. */
import type { Post } from '@plausch/wire'
import { useEffect } from 'react'
import { isBehindDialog, isTyping, matches } from '../browser/keys.ts'
import type { Action, Kind, Subjects } from '../platform/action.ts'
import { actionsOn, perform } from '../platform/actions.ts'
import { choices, isChosen } from '../platform/choices.ts'
import { client } from '../platform/client.ts'
import { isRestLoaded, loadRest } from '../platform/feature.ts'
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

/** Not a letter that is typed, nor a modifier alone. */
const isCombination = ({ ctrlKey, metaKey, altKey, key }: KeyboardEvent): boolean =>
  ctrlKey || metaKey || altKey || /^F\d/.test(key)

/** The focused message, if keys without a modifier do something with it. */
const postFor = (event: KeyboardEvent): Post | undefined =>
  isTyping(event.target) || !isChosen(choices.hasSingleKeys) ? undefined : postAt(event.target)

/** What these keys do now. */
const deedFor = (event: KeyboardEvent): (() => void) | undefined => {
  if (!isCombination(event)) {
    const post = postFor(event)
    const found = post && actionFor(event, 'post', post)
    return post && found && (() => perform(found, post))
  }
  const channel = client.channels.records.one(hereChannelId.get())
  const own = channel && actionFor(event, 'channel', channel)
  if (channel && own) return () => perform(own, channel)
  const found = actionFor(event, 'app', null)
  return found && (() => perform(found, null))
}

/** Keys that come before their action is loaded are done when it is there. */
const doLater = (event: KeyboardEvent): void => {
  if (isCombination(event) || postFor(event))
    loadRest().then(
      () => isBehindDialog() || deedFor(event)?.(),
      // Whoever opens a menu hears of it.
      () => undefined,
    )
}

const onKeyDown = (event: KeyboardEvent): void => {
  if (isBehindDialog() || belongsToField(event)) return
  const run = deedFor(event)
  if (run) {
    event.preventDefault()
    run()
  } else if (!isRestLoaded()) doLater(event)
}

export const useKeys = (): void => {
  useEffect(() => {
    // In the capture phase, so that a field does not handle the key first.
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}
