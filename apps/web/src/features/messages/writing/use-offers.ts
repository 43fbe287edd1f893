/** The list of offers of a text field: what it shows, and its keys. */
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useState } from 'react'
import { announce } from '../../../browser/announce.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { loadRest } from '../../../platform/feature.ts'
import { whenIdle } from '../../../platform/later.ts'
import { answers } from './answers.ts'
import { apply } from './apply.ts'
import { type Asked, askedAt, complete } from './asked.ts'
import type { Offer } from './offer.ts'
import type { Where } from './offers.ts'

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
const LABELS = {
  mention: 'composer.people',
  channel: 'writing.channels',
  emoji: 'writing.emoji',
  command: 'writing.commands',
} as const

const isSame = (a: Asked | undefined, b: Asked | undefined): boolean =>
  a?.kind === b?.kind && a?.from === b?.from && a?.term === b?.term

type Maker = typeof import('./offers.ts')
let maker: Maker | undefined

/** Loads the code that makes lists: before the first name is typed, but after the first messages. */
const loadMaker = async (): Promise<void> => {
  const [loaded] = await Promise.all([import('./offers.ts'), loadRest()])
  maker = loaded
}

/** Offers names while they are typed: known ones at once, others when the server has answered. */
export const useOffers = (area: RefObject<HTMLTextAreaElement | null>, where: Where): Offering => {
  const id = useId()
  const say = useText()
  const { channelId, rootId } = where
  const answered = useSource(answers)
  const isReady = maker !== undefined
  const [asked, setAsked] = useState<Asked>()
  const [mark, setMark] = useState({ at: 0, for: '' })
  const [dismissed, setDismissed] = useState('')

  const key = asked ? `${asked.kind}/${asked.from}` : ''
  const isOpen = asked !== undefined && dismissed !== key
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer of the server makes a new list
  const offers = useMemo(
    () =>
      asked && isOpen && maker
        ? maker.offersFor(asked, area.current?.value ?? '', { channelId, rootId })
        : NONE,
    [asked, isOpen, channelId, rootId, answered, area],
  )
  const at = mark.for === `${key}/${asked?.term}` ? Math.min(mark.at, offers.length - 1) : 0
  const isShown = offers.length > 0

  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again when the code has come
  useEffect(() => {
    if (asked && maker)
      return maker.askFor(asked, area.current?.value.slice(0, asked.to) ?? '', { channelId, rootId })
    // Without a connection the names are typed in full.
    if (asked)
      loadMaker().then(
        () => answers.set(answers.get() + 1),
        () => undefined,
      )
    else setDismissed('')
    return undefined
  }, [asked, channelId, rootId, area, isReady])

  useEffect(() => whenIdle(() => void loadMaker().catch(() => undefined)), [])

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
