/** The width of a region, which the reader chooses; it is kept on this device. */
import { type KeyboardEvent, type PointerEvent, type RefObject, useCallback, useState } from 'react'
import { storage } from '../browser/storage.ts'

export type Limits = { name: string; usual: number; least: number; most: number }

const STEP = 16

const within = ({ least, most }: Limits, width: number): number =>
  Math.round(Math.min(most, Math.max(least, width)))

const kept = (limits: Limits): number => {
  const value = Number(storage.get(`width/${limits.name}`))
  return value > 0 ? within(limits, value) : limits.usual
}

export type Resizing = {
  width: number
  /** For the separator beside the region. */
  separator: Grip
}

export type Grip = {
  limits: Limits
  width: number
  onPointerDown(event: PointerEvent<HTMLElement>): void
  onDoubleClick(): void
  onKeyDown(event: KeyboardEvent): void
}

/**
 * `side` is where the region is, seen from the separator. While a pointer drags, only the variable
 * `--<name>` of the page changes; React hears of the result.
 */
export const useWidth = (
  limits: Limits,
  side: 'start' | 'end',
  page: RefObject<HTMLElement | null>,
): Resizing => {
  const [width, setWidth] = useState(() => kept(limits))
  const sign = side === 'start' ? 1 : -1

  const keep = useCallback(
    (next: number): void => {
      const fit = within(limits, next)
      setWidth(fit)
      if (fit === limits.usual) storage.remove(`width/${limits.name}`)
      else storage.set(`width/${limits.name}`, String(fit))
    },
    [limits],
  )

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return
    event.preventDefault()
    const { currentTarget: handle, pointerId, clientX: from } = event
    const grown = (x: number): number => within(limits, width + sign * (x - from))
    handle.focus({ preventScroll: true })
    handle.setPointerCapture(pointerId)
    const move = ({ clientX }: globalThis.PointerEvent): void => {
      page.current?.style.setProperty(`--${limits.name}`, `${grown(clientX)}px`)
    }
    const off = new AbortController()
    const end = ({ clientX }: globalThis.PointerEvent): void => {
      off.abort()
      if (clientX !== from) keep(grown(clientX))
    }
    handle.addEventListener('pointermove', move, { signal: off.signal })
    handle.addEventListener('pointerup', end, { signal: off.signal })
    handle.addEventListener('pointercancel', end, { signal: off.signal })
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const { key } = event
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (key === 'ArrowRight') keep(width + sign * STEP)
    else if (key === 'ArrowLeft') keep(width - sign * STEP)
    else if (key === 'Home') keep(limits.least)
    else if (key === 'End') keep(limits.most)
    else if (key === 'Enter') keep(limits.usual)
    else return
    event.preventDefault()
  }

  return {
    width,
    separator: {
      limits,
      width,
      onPointerDown,
      onDoubleClick: () => keep(limits.usual),
      onKeyDown,
    },
  }
}
