import type { Ref } from 'react'

type SpotProps = {
  rect: { left: number; top: number; width?: number; height?: number }
  ref: Ref<HTMLSpanElement>
}

/** An invisible mark on a part of the window: something to place an overlay at. */
export const Spot = ({ rect: { left, top, width = 0, height = 0 }, ref }: SpotProps) => (
  <span
    ref={ref}
    aria-hidden
    style={{ position: 'fixed', left, top, width, height, pointerEvents: 'none', visibility: 'hidden' }}
  />
)
