/** A. Weight and start. */
import { gzipSync } from 'node:zlib'
import { type Check, none, parts } from './check.ts'
import { p95 } from './quantiles.ts'
import { openChat, type Rig, type Tab } from './rig.ts'

type Resource = { name: string; at: number; end: number; bytes: number; type: string }

const KB = 1000
/** The bar counts gzip; to a page of this machine the server sends Brotli. */
const kb = async (resources: readonly Resource[], kind: RegExp): Promise<number> => {
  const names = [...new Set(resources.map(({ name }) => name))].filter((name) => kind.test(name))
  const sizes = await Promise.all(
    names.map(async (name) => gzipSync(await (await fetch(name)).bytes(), { level: 9 }).length),
  )
  return sizes.reduce((all, size) => all + size, 0) / KB
}

const SCRIPT = /\.js$/
const STYLE = /\.css$/

const resourcesOf = (tab: Tab): Promise<Resource[]> => tab.ask('bar.resources()')

/** The messages' own time, and everything that was asked for before. */
const start = async (rig: Rig, look = {}) => {
  const tab = await openChat(rig, rig.data.busiest, look)
  const paint = await tab.ask<number>('bar.paint')
  const before = (await resourcesOf(tab)).filter(({ at }) => at < paint)
  await tab.close()
  return { paint, before }
}

const firstLoad: Check = {
  number: 1,
  what: 'scripts of the first load, compressed',
  wanted: '≤ 180 kB',
  isDeterministic: true,
  async run(rig) {
    const { before } = await start(rig)
    return parts([{ name: 'scripts', value: await kb(before, SCRIPT), limit: 180, unit: 'kB' }])
  },
}

const signInPage: Check = {
  number: 2,
  what: 'the sign-in page: scripts; all styles; fonts that block',
  wanted: '≤ 110 kB; ≤ 25 kB; 0',
  isDeterministic: true,
  async run(rig) {
    const tab = await rig.open('/login', { signedOut: true })
    await tab.page.locator('input[type=password]').waitFor()
    const shown = await tab.ask<number>('performance.now()')
    const before = (await resourcesOf(tab)).filter(({ at }) => at < shown)
    // A face from this device (`local`) is there at once.
    const blocking = await tab.ask<number>(
      `[...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) =>
        rule instanceof CSSFontFaceRule && /url\\(/.test(rule.style.src) &&
        !['swap', 'fallback', 'optional'].includes(rule.style.fontDisplay)).length`,
    )
    await tab.close()
    const chat = await openChat(rig, rig.data.busiest)
    const styles = await kb(await resourcesOf(chat), STYLE)
    await chat.close()
    return parts([
      { name: 'scripts', value: await kb(before, SCRIPT), limit: 110, unit: 'kB' },
      { name: 'styles', value: styles, limit: 25, unit: 'kB' },
      { name: 'blocking fonts', value: blocking, limit: 0 },
    ])
  },
}

const otherOrigins: Check = {
  number: 3,
  what: 'requests to other origins, in all checks that ran',
  wanted: '0',
  isDeterministic: true,
  async run(rig) {
    const tab = await openChat(rig, rig.data.busiest)
    await tab.page.waitForLoadState('networkidle').catch(() => undefined)
    await tab.close()
    return none([...new Set(rig.foreign)], `${rig.foreign.length}`)
  },
}

const LATER = /admin|console|call|katex|emoji|highlight|hljs|prism|shiki|chart/i

const laterCode: Check = {
  number: 4,
  what: 'parts that a normal person does not use are not loaded',
  wanted: 'none in 30 s, but emoji after 5 s of rest',
  isDeterministic: true,
  async run(rig) {
    const place = rig.data.places[rig.data.size.deep + 1] ?? rig.data.busiest
    const tab = await openChat(rig, place)
    const paint = await tab.ask<number>('bar.paint')
    await tab.page.waitForTimeout(rig.isShort ? 6000 : 30_000)
    const asked = (await resourcesOf(tab)).filter(({ name }) => SCRIPT.test(name))
    await tab.close()
    const early = asked.filter(
      ({ name, at }) => LATER.test(name.replace(/.*\//, '')) && !(/emoji/i.test(name) && at - paint >= 5000),
    )
    return none(
      early.map(({ name, at }) => `${name.replace(/.*\//, '')} after ${((at - paint) / 1000).toFixed(1)} s`),
      `${asked.length} scripts`,
    )
  },
}

const coldStart: Check = {
  number: 5,
  what: 'cold start until messages are painted, p95',
  wanted: 'LAN ≤ 1.5 s; home, ×4 slower ≤ 3 s',
  async run(rig) {
    const times = async (look: object, runs: number) => {
      const all: number[] = []
      for (let run = 0; run < runs; run++) all.push((await start(rig, look)).paint / 1000)
      return p95(all)
    }
    return parts([
      { name: 'LAN', value: await times({ network: 'lan' }, rig.runs), limit: 1.5 * rig.slowness, unit: 's' },
      {
        name: 'home ×4',
        value: await times({ network: 'home', slow: 4 }, Math.ceil(rig.runs / 2)),
        limit: 3 * rig.slowness,
        unit: 's',
      },
    ])
  },
}

const warmStart: Check = {
  number: 6,
  what: 'warm start from this device, with every answer 5 s late',
  wanted: '≤ 600 ms',
  async run(rig) {
    const tab = await openChat(rig, rig.data.busiest)
    // What is kept for the next start is written a moment later.
    await tab.page.waitForTimeout(3000)
    const hasWorker = await tab.ask<boolean>(
      `navigator.serviceWorker?.getRegistration().then((found) => found?.active != null) ?? false`,
    )
    if (!hasWorker) {
      await tab.close()
      return { notMeasured: 'the client has no service worker yet' }
    }
    await tab.context.route('**/api/**', async (route) => {
      await new Promise((done) => setTimeout(done, 5000))
      await route.continue().catch(() => undefined)
    })
    const times: number[] = []
    for (let run = 0; run < Math.ceil(rig.runs / 2); run++) {
      await tab.page.reload({ waitUntil: 'commit' })
      await tab.until('bar.paint > 0')
      times.push(await tab.ask<number>('bar.paint'))
    }
    await tab.close()
    return parts([{ name: 'painted', value: p95(times), limit: 600 * rig.slowness, unit: 'ms' }])
  },
}

const shell: Check = {
  number: 7,
  what: 'a shell and a message when scripts are slow, fail or are off',
  wanted: 'shown ≤ 300 ms; both languages without scripts; words when they fail',
  async run(rig) {
    const problems: string[] = []
    const off = await rig.open('/login', { signedOut: true, scripts: false })
    const words = ((await off.page.locator('body').textContent()) ?? '').replaceAll(/\s+/g, ' ')
    if (!/JavaScript/.test(words) || !/braucht/.test(words) || !/needs/.test(words))
      problems.push(`without scripts it says "${words}"`)
    await off.close()

    const slow = await rig.open('', { signedOut: true })
    await slow.page.route(/\/static\/.*\.js$/, async (route) => {
      await new Promise((done) => setTimeout(done, 4000))
      await route.continue().catch(() => undefined)
    })
    await slow.page.goto('/login', { waitUntil: 'commit' })
    await slow.until(`performance.getEntriesByName('first-contentful-paint').length > 0`)
    const paint = await slow.ask<number>(
      `performance.getEntriesByName('first-contentful-paint')[0].startTime`,
    )
    await slow.close()

    const broken = await rig.open('', { signedOut: true })
    await broken.page.route(/\/static\/.*\.js$/, (route) => route.abort())
    await broken.page.goto('/login', { waitUntil: 'commit' })
    const said = await broken.until(`(document.body?.innerText ?? '').trim().length > 10`, 8000).then(
      () => true,
      () => false,
    )
    if (!said) problems.push('when scripts fail to load, it says nothing')
    await broken.close()

    const found = parts([{ name: 'shell', value: paint, limit: 300 * rig.slowness, unit: 'ms' }])
    return problems.length === 0 || 'notMeasured' in found
      ? found
      : { ...found, miss: [found.miss, ...problems].filter(Boolean).join('; ') }
  },
}

const shifts: Check = {
  number: 8,
  what: 'layout shift at the start and while messages come',
  wanted: '≤ 0.02',
  async run(rig) {
    const tab = await openChat(rig, rig.data.busiest)
    const writer = await rig.as(rig.data.authors[0])
    const { posts } = await import('@plausch/wire')
    // If a message comes in the very frame in which older ones are put above, the list follows it by its
    // height, but the browser counts all rows as moved by the height of the older ones. So the start ends
    // first.
    await tab.page.waitForLoadState('networkidle')
    await tab.page.waitForTimeout(1000)
    for (let n = 0; n < (rig.isShort ? 10 : 60); n++) {
      const message = n % 5 === 0 ? `**${n}** https://example.org/${n}\n\n> Zitat` : `Nachricht ${n}`
      await writer.call(posts.create, { body: { channel_id: rig.data.busiest.id, message } })
      await tab.page.waitForTimeout(rig.isShort ? 200 : 900)
    }
    const shift = await tab.ask<number>('bar.shift')
    await tab.close()
    return parts([{ name: 'shift', value: shift, limit: 0.02 }])
  },
}

const startCalls: Check = {
  number: 9,
  what: 'API calls before messages are painted',
  wanted: '≤ 8; none per channel or person',
  isDeterministic: true,
  async run(rig) {
    const { before } = await start(rig)
    // Pictures are no calls: the browser loads those that are in view.
    const calls = before
      .map(({ name }) => new URL(name).pathname)
      .filter((name) => name.startsWith('/api/') && !/\/(?:preview|thumbnail|image)$/.test(name))
    const shapes = calls.map((path) => path.replaceAll(/[a-z0-9]{26}/g, '{id}'))
    const repeated = shapes.filter((shape, at) => shapes.indexOf(shape) !== at)
    return parts([
      { name: 'calls', value: calls.length, limit: 8 },
      { name: 'repeated', value: repeated.length, limit: 0 },
    ])
  },
}

export const weight: Check[] = [
  firstLoad,
  signInPage,
  otherOrigins,
  laterCode,
  coldStart,
  warmStart,
  shell,
  shifts,
  startCalls,
]
