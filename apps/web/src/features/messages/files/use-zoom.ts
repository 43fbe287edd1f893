/** Zooming and moving a picture by wheel, pointer, two fingers and keys. */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'

export type View = { scale: number; x: number; y: number }
const FIT: View = { scale: 1, x: 0, y: 0 }
const MOST = 8
const STEP = 1.4

export type Zoom = {
  view: View
  zoomIn(): void
  zoomOut(): void
  reset(): void
  /** Moves what is seen, if it is larger than the window. */
  move(x: number, y: number): void
  pointer: {
    onPointerDown(event: PointerEvent): void
    onPointerMove(event: PointerEvent): void
    onPointerUp(event: PointerEvent): void
    onPointerCancel(event: PointerEvent): void
  }
}

/** The view after zooming: the point at (x, y), from the middle of the frame, stays where it is. */
export const zoomed = (view: View, by: number, x = 0, y = 0): View => {
  const scale = Math.min(MOST, Math.max(1, view.scale * by))
  if (scale === 1) return FIT
  const ratio = scale / view.scale
  return { scale, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio }
}

/** No farther than the edges of the picture. */
const within = (view: View, frame: HTMLElement | null): View => {
  const { width = 0, height = 0 } = frame?.getBoundingClientRect() ?? {}
  const [x, y] = [(width * (view.scale - 1)) / 2, (height * (view.scale - 1)) / 2]
  return { ...view, x: Math.min(x, Math.max(-x, view.x)), y: Math.min(y, Math.max(-y, view.y)) }
}

const distance = (points: readonly { x: number; y: number }[]): number => {
  const [a, b] = points
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
}

export const useZoom = (frame: RefObject<HTMLElement | null>, key: string): Zoom => {
  const [view, setView] = useState(FIT)
  const points = useRef(new Map<number, { x: number; y: number }>())
  const change = (next: (view: View) => View): void => setView((now) => within(next(now), frame.current))

  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture begins at its size
  useEffect(() => setView(FIT), [key])

  useEffect(() => {
    const element = frame.current
    if (!element) return
    const wheel = (event: WheelEvent): void => {
      event.preventDefault()
      const box = element.getBoundingClientRect()
      const x = event.clientX - box.left - box.width / 2
      const y = event.clientY - box.top - box.height / 2
      const by = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0025))
      setView((now) => within(zoomed(now, by, x, y), element))
    }
    // React's listener could not prevent the browser from zooming the page.
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [frame])

  const release = (event: PointerEvent): void => void points.current.delete(event.pointerId)
  return {
    view,
    zoomIn: () => change((now) => zoomed(now, STEP)),
    zoomOut: () => change((now) => zoomed(now, 1 / STEP)),
    reset: () => setView(FIT),
    move: (x, y) => change((now) => ({ ...now, x: now.x + x, y: now.y + y })),
    pointer: {
      onPointerDown(event) {
        event.currentTarget.setPointerCapture(event.pointerId)
        points.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
      },
      onPointerMove(event) {
        const before = points.current.get(event.pointerId)
        if (!before) return
        const was = distance([...points.current.values()])
        points.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
        const is = distance([...points.current.values()])
        if (was > 0 && is > 0) change((now) => zoomed(now, is / was))
        else
          change((now) => ({
            ...now,
            x: now.x + event.clientX - before.x,
            y: now.y + event.clientY - before.y,
          }))
      },
      onPointerUp: release,
      onPointerCancel: release,
    },
  }
}
