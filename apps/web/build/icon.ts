/** Draws the icons of lucide-react, instead of its own component. */
import { createElement, type SVGProps } from 'react'

type Shape = readonly [tag: string, attributes: Record<string, string>]
type IconProps = SVGProps<SVGSVGElement> & { size?: number }

/** An icon of these shapes. Nobody hears of it, unless it has a name of its own. */
const icon = ({ node }: { node: readonly Shape[] }) => {
  const shapes = node.map(([tag, attributes], key) => createElement(tag, { ...attributes, key }))
  return ({ size = 24, strokeWidth = 2, ...rest }: IconProps) =>
    createElement(
      'svg',
      {
        width: size,
        height: size,
        viewBox: '0 0 24 24',
        fill: 'none',
        stroke: 'currentColor',
        strokeWidth,
        strokeLinecap: 'round',
        strokeLinejoin: 'round',
        'aria-hidden': rest['aria-label'] === undefined,
        ...rest,
      },
      shapes,
    )
}

// biome-ignore lint/style/noDefaultExport: lucide-react's icons import it so
export { icon as default }
