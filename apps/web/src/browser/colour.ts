/** Colours as eyes see them (OKLCH), and how far they must be apart to be read. */

/** Red, green, blue as light, each 0 to 1. */
type Light = readonly [number, number, number]
/** Lightness 0 to 1, colourfulness, hue in degrees. */
export type Colour = { l: number; c: number; h: number }

const toLight = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
const toScreen = (value: number): number =>
  value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055

/** A colour from `#rgb`, `#rrggbb` or `rgb(r, g, b)`; undefined for anything else. */
export const readColour = (text: string): Colour | undefined => {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text.trim())
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})(?:[0-9a-f]{2})?$/i.exec(text.trim())
  const parts = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})/i.exec(text.trim())
  const values = short
    ? short.slice(1).map((digit) => Number.parseInt(digit + digit, 16))
    : long
      ? long.slice(1).map((pair) => Number.parseInt(pair, 16))
      : parts?.slice(1).map((value) => Math.min(255, Number(value)))
  if (!values) return undefined
  const [r = 0, g = 0, b = 0] = values.map((value) => toLight(value / 255))
  return ofLight([r, g, b])
}

// Both ways by Björn Ottosson's definition of OKLab.
const ofLight = ([r, g, b]: Light): Colour => {
  const x = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const y = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const z = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const l = 0.2104542553 * x + 0.793617785 * y - 0.0040720468 * z
  const a = 1.9779984951 * x - 2.428592205 * y + 0.4505937099 * z
  const d = 0.0259040371 * x + 0.7827717662 * y - 0.808675766 * z
  return { l, c: Math.hypot(a, d), h: ((Math.atan2(d, a) * 180) / Math.PI + 360) % 360 }
}

const unclipped = ({ l, c, h }: Colour): Light => {
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const x = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const y = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const z = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ]
}

const SLACK = 0.0005
const isOnScreen = (light: Light): boolean => light.every((value) => value >= -SLACK && value <= 1 + SLACK)

/** The nearest colour of this lightness and hue that a screen can show: less colourful if it must be. */
export const shownOnScreen = (colour: Colour): Colour => {
  const l = Math.min(1, Math.max(0, colour.l))
  let c = colour.c
  while (c > 0 && !isOnScreen(unclipped({ ...colour, l, c }))) c = c < 0.004 ? 0 : c - 0.004
  return { l, c, h: colour.h }
}

const lightOf = (colour: Colour): Light => {
  const [r, g, b] = unclipped(shownOnScreen(colour)).map((value) => Math.min(1, Math.max(0, value)))
  return [r ?? 0, g ?? 0, b ?? 0]
}

/** `#rrggbb` */
export const writeColour = (colour: Colour): string =>
  `#${lightOf(colour)
    .map((value) =>
      Math.round(toScreen(value) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

/** How bright a colour is, 0 to 1, as WCAG computes it. */
export const brightness = (colour: Colour): number => {
  const [r, g, b] = lightOf(colour)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** The contrast of two colours, 1 to 21, as WCAG computes it. */
export const contrast = (a: Colour, b: Colour): number => {
  const [dark = 0, light = 0] = [brightness(a), brightness(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

/** A colour between two others: `part` of the second. */
export const between = (a: Colour, b: Colour, part: number): Colour => {
  const at = ({ l, c, h }: Colour): readonly [number, number, number] => [
    l,
    c * Math.cos((h * Math.PI) / 180),
    c * Math.sin((h * Math.PI) / 180),
  ]
  const [al, ax, ay] = at(a)
  const [bl, bx, by] = at(b)
  const [l, x, y] = [al + (bl - al) * part, ax + (bx - ax) * part, ay + (by - ay) * part]
  return { l, c: Math.hypot(x, y), h: ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360 }
}

const STEP = 0.01
/** Rounding to 256 steps of a screen must not undo it. */
const SAFETY = 0.05

/**
 * The colour that is nearest to this one and has at least this contrast to all grounds: its lightness moves
 * away from them, its hue stays. Where that is impossible, black or white, whichever is better.
 */
export const readableOn = (colour: Colour, grounds: readonly Colour[], least: number): Colour => {
  const worst = (tried: Colour): number => Math.min(...grounds.map((ground) => contrast(tried, ground)))
  const start = shownOnScreen(colour)
  if (worst(start) >= least + SAFETY) return start
  for (let moved = STEP; moved <= 1; moved += STEP) {
    const tries = [colour.l - moved, colour.l + moved]
      .filter((l) => l >= 0 && l <= 1)
      .map((l) => shownOnScreen({ ...colour, l }))
    const found = tries.find((tried) => worst(tried) >= least + SAFETY)
    if (found) return found
  }
  const black = { l: 0, c: 0, h: 0 }
  const white = { l: 1, c: 0, h: 0 }
  return worst(black) >= worst(white) ? black : white
}
