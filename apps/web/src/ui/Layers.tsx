import { useRef } from 'react'
import { useSource } from '../browser/use-source.ts'
import { closeMenuAt, openMenu } from './context-menu.ts'
import { Notices } from './Notices.tsx'
import { Spot } from './Spot.tsx'

/** What lies over the whole page, once: notices, and the menu that is open at a point. */
export const Layers = () => (
  <>
    <MenuAtPoint />
    <Notices />
  </>
)

const MenuAtPoint = () => {
  const open = useSource(openMenu)
  const spot = useRef<HTMLSpanElement>(null)
  if (!open) return null
  return (
    <>
      <Spot ref={spot} rect={{ left: open.x, top: open.y }} />
      <open.MenuOverlay
        label={open.label}
        items={open.items}
        anchor={spot}
        gap={0}
        returnTo={open.opener}
        onClose={closeMenuAt}
      />
    </>
  )
}
