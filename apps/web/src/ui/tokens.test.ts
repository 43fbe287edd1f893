import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const avatar = readFileSync(join(import.meta.dirname, 'Avatar.module.css'), 'utf8')

type Theme = 'light' | 'dark'
type Rgb = [number, number, number]

/** The declarations of a block, name → value. */
const declared = (block: string): Map<string, string> =>
  new Map([...block.matchAll(/--([a-z-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]))

const [normal = '', contrast = ''] = css.split(':root[data-contrast="more"]')
const tokens = declared(normal)
const sharp = new Map([...tokens, ...declared(contrast)])

/** OKLab to linear sRGB, by Björn Ottosson's definition; then to sRGB, clipped to what a screen can show. */
const oklch = (l: number, c: number, h: number): Rgb => {
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const cubes = [
    l + 0.3963377774 * a + 0.2158037573 * b,
    l - 0.1055613458 * a - 0.0638541728 * b,
    l - 0.0894841775 * a - 1.291485548 * b,
  ]
  const [x = 0, y = 0, z = 0] = cubes.map((value) => value ** 3)
  const linear = [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ]
  const [red = 0, green = 0, blue = 0] = linear.map((value) => Math.min(1, Math.max(0, value)))
  return [red, green, blue]
}

const colour = (value: string, theme: Theme, from: Map<string, string>, hue = 0): Rgb => {
  const pair = /^light-dark\((.+?\)|[a-z]+), (.+?\)|[a-z]+)\)$/.exec(value.trim())
  const one = (pair?.[theme === 'light' ? 1 : 2] ?? value).trim()
  const alias = /^var\(--([a-z-]+)\)$/.exec(one)?.[1]
  if (alias) return colour(from.get(alias) ?? '', theme, from, hue)
  if (one === 'white') return [1, 1, 1]
  if (one === 'black') return [0, 0, 0]
  const [l = Number.NaN, c = 0, h = 0] = (
    /oklch\(([^)]+)\)/.exec(one.replace('var(--hue)', String(hue)))?.[1] ?? ''
  )
    .split(/\s+/)
    .map(Number)
  if (Number.isNaN(l)) throw new Error(`no colour: ${value}`)
  return oklch(l, c, h)
}

/** The part of a colour that covers what is below it. */
const coverOf = (value: string, theme: Theme): number => {
  const [light = '', dark = ''] = [...value.matchAll(/\/ (\d+)%/g)].map(([, percent]) => percent)
  return Number(theme === 'light' ? light : dark) / 100
}

const over = (top: Rgb, cover: number, below: Rgb): Rgb => {
  const mix = (i: 0 | 1 | 2): number => {
    const screen = (value: number): number =>
      value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055
    const mixed = screen(top[i]) * cover + screen(below[i]) * (1 - cover)
    return mixed <= 0.04045 ? mixed / 12.92 : ((mixed + 0.055) / 1.055) ** 2.4
  }
  return [mix(0), mix(1), mix(2)]
}

const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b

const ratio = (a: Rgb, b: Rgb): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['paper', 'shelf', 'raised', 'wash-mention']
const texts = ['ink', 'ink-soft', 'accent', 'alarm']
/** Laid over a background: under the pointer, and pressed or chosen. */
const washes = ['wash', 'wash-strong']

describe.each([
  ['usual', tokens],
  ['high', sharp],
] as const)('%s contrast', (_, from) => {
  test.each(['light', 'dark'] as const)(
    '%s: every text colour has enough contrast on its backgrounds',
    (theme) => {
      const of = (name: string): Rgb => colour(from.get(name) ?? '', theme, from)
      for (const ground of grounds)
        for (const text of texts)
          expect(ratio(of(text), of(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
      for (const wash of washes) {
        const cover = coverOf(from.get(wash) ?? '', theme)
        for (const ground of ['paper', 'shelf', 'raised'])
          for (const text of texts)
            expect(
              ratio(of(text), over(of(wash), cover, of(ground))),
              `${text} on ${wash} on ${ground}`,
            ).toBeGreaterThanOrEqual(4.5)
      }
      expect(ratio(of('paper'), of('ink')), 'tooltips').toBeGreaterThanOrEqual(7)
      for (const filled of ['accent', 'alarm'])
        expect(ratio(of('on-accent'), of(filled)), `on ${filled}`).toBeGreaterThanOrEqual(4.5)
      for (const ground of ['paper', 'shelf', 'raised']) {
        for (const sign of ['edge', 'good'])
          expect(ratio(of(sign), of(ground)), `${sign} on ${ground}`).toBeGreaterThanOrEqual(3)
      }
    },
  )
})

test('initials are readable on all twelve backgrounds', () => {
  const rule = (name: string): string =>
    new RegExp(`\\b${name}:\\s*(light-dark\\([^;]+)`)
      .exec(avatar)?.[1]
      ?.replace(/\s+/g, ' ')
      .replace('( ', '(')
      .replace(' )', ')') ?? ''
  const hues = [...avatar.matchAll(/--hue: (\d+)/g)].map(([, hue]) => Number(hue))
  expect(hues).toHaveLength(12)
  for (const theme of ['light', 'dark'] as const) {
    for (const hue of hues) {
      const found = ratio(
        colour(rule('color'), theme, tokens, hue),
        colour(rule('background'), theme, tokens, hue),
      )
      expect(found, `${theme}, ${hue}`).toBeGreaterThanOrEqual(4.5)
    }
  }
})
