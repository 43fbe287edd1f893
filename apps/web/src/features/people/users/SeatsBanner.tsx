import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { seats } from './seats.ts'

/** From this share on, administrators are warned. */
const WARNED = 0.9

/** Tells administrators that soon, or already, no account can be added. */
export const SeatsBanner = () => {
  const say = useText()
  const known = useSource(seats)
  if (!known || known.used < known.max * WARNED) return null
  const { used, max } = known
  return (
    <Banner kind="warning">
      {used < max ? say('seats.nearly', { used, max }) : say('seats.full', { max })}
    </Banner>
  )
}
