/** The list of offers of a text field: what it shows, and its keys. */
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useState } from 'react'
import { announce } from '../../../browser/announce.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { apply } from './apply.ts'
import { type Asked, askedAt, complete } from './asked.ts'
import { askForChannels, askForCommands, askForEmoji, askForGroups, askForSuggestions } from './found.ts'
import type { Offer } from './offer.ts'
import { offersFor, teamIn, type Where } from './offers.ts'
import { answers, askForPeople } from './standing.ts'

export type Offering = {
  id: string
  label: string
  offers: readonly Offer[]
  at: number
  pick(offer: Offer): void
  /** Handles the keys of an open list; returns whether it did. */
  onKeyDown(event: KeyboardEvent): boolean
  /** Looks again what is being typed: the text or the caret has changed. */
  look(): void
  /** Properties of the text field. */
  field: Record<string, string | undefined>
}

const NONE: readonly Offer[] = []
const ASK_AFTER_MS = 120
const LABELS = {
  mention: 'composer.people',
  channel: 'writing.channels',
  emoji: 'writing.emoji',
  command: 'writing.commands',
} as const

const isSame = (a: Asked | undefined, b: Asked | undefined): boolean =>
  a?.kind === b?.kind && a?.from === b?.from && a?.term === b?.term

/** Loads what may be missing for the list. */
const askFor = (asked: Asked, text: string, where: Where): (() => void) | undefined => {
  const teamId = teamIn(where.channelId)
  if (asked.kind === 'emoji') void askForEmoji()
  if (asked.kind === 'mention') void askForGroups()
  if (asked.kind === 'command' && teamId !== '') void askForCommands(teamId)
  const timer = setTimeout(() => {
    if (asked.kind === 'mention') void askForPeople(where.channelId, teamId, asked.term)
    else if (asked.kind === 'channel' && teamId !== '') void askForChannels(teamId, asked.term)
    else if (asked.kind === 'command' && asked.term.includes(' ') && teamId !== '')
      void askForSuggestions(teamId, text, { channel_id: where.channelId, root_id: where.rootId })
  }, ASK_AFTER_MS)
  return () => clearTimeout(timer)
}

/** Offers names while they are typed: known ones at once, others when the server has answered. */
export const useOffers = (area: RefObject<HTMLTextAreaElement | null>, where: Where): Offering => {
  const id = useId()
  const say = useText()
  const { channelId, rootId } = where
  const answered = useSource(answers)
  const [asked, setAsked] = useState<Asked>()
  const [mark, setMark] = useState({ at: 0, for: '' })
  const [dismissed, setDismissed] = useState('')

  const key = asked ? `${asked.kind}/${asked.from}` : ''
  const isOpen = asked !== undefined && dismissed !== key
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer of the server makes a new list
  const offers = useMemo(
    () => (asked && isOpen ? offersFor(asked, area.current?.value ?? '', { channelId, rootId }) : NONE),
    [asked, isOpen, channelId, rootId, answered, area],
  )
  const at = mark.for === `${key}/${asked?.term}` ? Math.min(mark.at, offers.length - 1) : 0
  const isShown = offers.length > 0

  useEffect(() => {
    if (asked) return askFor(asked, area.current?.value.slice(0, asked.to) ?? '', { channelId, rootId })
    setDismissed('')
    return undefined
  }, [asked, channelId, rootId, area])

  useEffect(() => {
    if (isShown) announce(say('writing.offered', { count: offers.length }))
  }, [isShown, offers.length, say])

  useEffect(() => {
    if (isShown) document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [isShown, id, at])

  const look = (): void => {
    const element = area.current
    if (!element) return
    const { value, selectionStart, selectionEnd } = element
    const next = selectionStart === selectionEnd ? askedAt(value, selectionEnd) : undefined
    if (!isSame(asked, next)) setAsked(next)
  }
  const moveTo = (next: number): void => setMark({ at: next, for: `${key}/${asked?.term}` })

  const pick = (offer: Offer): void => {
    const element = area.current
    if (!element || !asked) return
    apply(element, complete(element.value, asked, offer.insert))
    setAsked(undefined)
    look()
  }

  const onKeyDown = (event: KeyboardEvent): boolean => {
    const offer = offers[at]
    if (!offer || event.ctrlKey || event.metaKey || event.altKey) return false
    // A command that is complete is sent rather than completed.
    const isWhole = asked?.kind === 'command' && area.current?.value.trimEnd() === offer.insert
    if (event.key === 'ArrowDown') moveTo((at + 1) % offers.length)
    else if (event.key === 'ArrowUp') moveTo((at + offers.length - 1) % offers.length)
    else if (event.key === 'Tab' && !event.shiftKey) pick(offer)
    else if (event.key === 'Enter' && !event.shiftKey && !isWhole) pick(offer)
    else if (event.key === 'Escape') setDismissed(key)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return {
    id,
    label: say(LABELS[asked?.kind ?? 'mention']),
    offers,
    at,
    pick,
    onKeyDown,
    look,
    field: {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': isShown ? id : undefined,
      'aria-activedescendant': isShown ? `${id}-${at}` : undefined,
    },
  }
}
