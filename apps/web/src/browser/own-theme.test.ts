import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Colour, contrast, readableOn, readColour, writeColour } from './colour.ts'
import { type ForeignTheme, readTheme, themeSheet, themeTokens } from './own-theme.ts'

/** As a screen shows it: rounded. */
const onScreen = (colour: Colour | undefined): Colour => {
  const shown = colour && readColour(writeColour(colour))
  if (!shown) throw new Error('no colour')
  return shown
}

const hex = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255))
  .map((parts) => `#${parts.map((each) => each.toString(16).padStart(2, '0')).join('')}`)

/** Colours as Mattermost's dark theme "Onyx" has them. */
const onyx = {
  sidebarBg: '#202228',
  sidebarText: '#ffffff',
  centerChannelBg: '#191b1f',
  centerChannelColor: '#e3e4e8',
  linkColor: '#5d89ea',
  buttonBg: '#4a7ce8',
  errorTextColor: '#da6c6e',
  onlineIndicator: '#3db887',
  mentionHighlightBg: '#0d6e6e',
}

test('colours are read and written without a change', () => {
  fc.assert(
    fc.property(hex, (text) => {
      const colour = readColour(text)
      expect(colour && writeColour(colour)).toBe(text)
    }),
  )
  expect(readColour('#abc')).toEqual(readColour('#aabbcc'))
  expect(readColour('rgb(170, 187, 204)')).toEqual(readColour('#aabbcc'))
  for (const wrong of ['', 'red', '#12', 'url(#a)', '#gggggg']) expect(readColour(wrong)).toBeUndefined()
})

test('black on white has the greatest contrast', () => {
  const [black, white] = [onScreen({ l: 0, c: 0, h: 0 }), onScreen({ l: 1, c: 0, h: 0 })]
  expect(contrast(black, white)).toBeCloseTo(21, 1)
  expect(contrast(white, white)).toBe(1)
})

test('a colour that can be read stays as it is; another one keeps its hue', () => {
  const paper = onScreen({ l: 1, c: 0, h: 0 })
  const good = onScreen({ l: 0.45, c: 0.1, h: 250 })
  expect(writeColour(readableOn(good, [paper], 4.5))).toBe(writeColour(good))
  const pale = onScreen({ l: 0.85, c: 0.08, h: 250 })
  const repaired = readableOn(pale, [paper], 4.5)
  expect(contrast(onScreen(repaired), paper)).toBeGreaterThanOrEqual(4.5)
  expect(repaired.h).toBeCloseTo(pale.h, 0)
  expect(repaired.l).toBeLessThan(pale.l)
})

describe('a theme', () => {
  test('whatever its colours are, every text can be read', () => {
    const themes = fc.record(Object.fromEntries(Object.keys(onyx).map((name) => [name, hex])))
    fc.assert(
      fc.property(themes, (theme) => {
        const { page, side } = themeTokens(theme as ForeignTheme)
        for (const tokens of [page, side]) {
          const of = (name: string): Colour => onScreen(tokens[name])
          for (const ground of ['paper', 'shelf', 'raised', 'wash-mention']) {
            for (const text of ['ink', 'ink-soft', 'accent', 'alarm'])
              expect(contrast(of(text), of(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
            for (const sign of ['good', 'edge'])
              expect(contrast(of(sign), of(ground)), `${sign} on ${ground}`).toBeGreaterThanOrEqual(3)
          }
          for (const filled of ['accent', 'alarm'])
            expect(contrast(of('on-accent'), of(filled)), filled).toBeGreaterThanOrEqual(4.5)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('a good one keeps its colours', () => {
    const theme = readTheme(JSON.stringify(onyx))
    expect(theme).toBeDefined()
    const { page } = themeTokens(onyx)
    expect(page.paper && writeColour(page.paper)).toBe('#191b1f')
    expect(page.ink && writeColour(page.ink)).toBe('#e3e4e8')
    // On the lightest of its grounds the link would be too dark: it becomes lighter, and stays blue.
    expect(page.accent?.h).toBeCloseTo(readColour(onyx.linkColor)?.h ?? 0, 0)
    expect(themeSheet(onyx)).toContain('color-scheme:dark')
  })

  test('is refused if a colour is missing, or is more than a colour', () => {
    expect(readTheme('{')).toBeUndefined()
    expect(readTheme('[]')).toBeUndefined()
    expect(readTheme('null')).toBeUndefined()
    expect(readTheme(JSON.stringify({ ...onyx, linkColor: undefined }))).toBeUndefined()
    expect(readTheme(JSON.stringify({ ...onyx, linkColor: 'url(https://example.org)' }))).toBeUndefined()
  })
})
