/** B. Speed in use. */
import { setTimeout as sleep } from 'node:timers/promises'
import { posts } from '@plausch/wire'
import { type Check, none, type Part, parts } from './check.ts'
import { p95, quantile } from './quantiles.ts'
import { composerOf, linkTo, openChat, type Rig, type Tab } from './rig.ts'

type Place = Rig['data']['busiest']
type Event = { name: string; ms: number; id: number; at: number }

/** The id of the newest message of a channel, which is on the screen when the channel is painted. */
const newestIn = async (rig: Rig, { id }: Place): Promise<string> => {
  const api = await rig.as()
  const list = await api.call(posts.listInChannel, { params: { channel_id: id }, query: { per_page: 1 } })
  return list.order[0] ?? ''
}

export const write = async (rig: Rig, place: Place, message: string, more: object = {}) =>
  await (await rig.as(rig.data.authors[0])).call(posts.create, {
    body: { channel_id: place.id, message, ...more },
  })

const switchTo = async (tab: Tab, place: Place, newest: string): Promise<number> => {
  const link = linkTo(tab, place)
  await link.scrollIntoViewIfNeeded()
  return await tab.timed('pointerdown', `bar.shows('${newest}')`, () => link.click())
}

/** Requests of messages after a time of the page, by channel. */
const askedFor = async (tab: Tab, since: number): Promise<Map<string, number>> => {
  const all = await tab.ask<{ name: string; at: number }[]>('bar.resources()')
  const found = new Map<string, number>()
  for (const { name, at } of all) {
    const id = /\/channels\/([a-z0-9]{26})\/posts/.exec(name)?.[1]
    if (id !== undefined && at > since) found.set(id, (found.get(id) ?? 0) + 1)
  }
  return found
}

const visited: Check = {
  number: 10,
  what: 'switch to a channel that was visited before: click to painted, p95',
  wanted: '≤ 50 ms, ×4 slower ≤ 150 ms; without waiting for the network',
  async run(rig) {
    const [a, b] = rig.data.places as [Place, Place]
    const ends = new Map([
      [a.id, await newestIn(rig, a)],
      [b.id, await newestIn(rig, b)],
    ])
    const times = async (look: object, runs: number) => {
      const tab = await openChat(rig, a, look)
      const all: number[] = []
      for (let run = 0; run < runs + 2; run++) {
        const to = run % 2 === 0 ? b : a
        all.push(await switchTo(tab, to, ends.get(to.id) ?? ''))
        await sleep(300)
      }
      return { tab, times: all.slice(2) }
    }
    const usual = await times({}, rig.runs)
    await usual.tab.context.route('**/api/**', async (route) => {
      await sleep(3000)
      await route.continue().catch(() => undefined)
    })
    const late: number[] = []
    for (const to of [b, a]) late.push(await switchTo(usual.tab, to, ends.get(to.id) ?? ''))
    await usual.tab.close()
    const slow = await times({ slow: 4 }, rig.runs)
    await slow.tab.close()
    return parts([
      { name: '×1', value: p95(usual.times), limit: 50 * rig.slowness, unit: 'ms' },
      { name: '×4', value: p95(slow.times), limit: 150 * rig.slowness, unit: 'ms' },
      { name: 'with answers 3 s late', value: Math.max(...late), limit: 1000, unit: 'ms' },
    ])
  },
}

const unvisited: Check = {
  number: 11,
  what: 'switch to a channel that was never visited, LAN: name and skeleton; messages, p95',
  wanted: '≤ 50 ms; ≤ 300 ms',
  async run(rig) {
    const places = rig.data.places.slice(0, Math.min(rig.runs, rig.data.size.deep - 1))
    const tab = await openChat(rig, rig.data.busiest, { network: 'lan' })
    const [heads, full]: [number[], number[]] = [[], []]
    for (const place of places) {
      const newest = await newestIn(rig, place)
      const link = linkTo(tab, place)
      await link.scrollIntoViewIfNeeded()
      const head = `document.querySelector('main')?.innerText.includes(${JSON.stringify(place.display_name)})`
      const measured = tab.ask<[number, number]>(
        `Promise.all([bar.after('pointerdown', () => ${head}), bar.after('pointerdown', () => bar.shows('${newest}'))])`,
      )
      await tab.ask('0')
      await link.click()
      const [first, all] = await measured
      heads.push(first)
      full.push(all)
    }
    await tab.close()
    return parts([
      { name: 'name', value: p95(heads), limit: 50 * rig.slowness, unit: 'ms' },
      { name: 'messages', value: p95(full), limit: 300 * rig.slowness, unit: 'ms' },
    ])
  },
}

const walking: Check = {
  number: 12,
  what: 'walking through 30 channels with Alt+Down, five per second',
  wanted: 'no frame > 100 ms; the last one is right; ≤ 1 request of messages per channel',
  async run(rig) {
    const tab = await openChat(rig, rig.data.busiest)
    await sleep(1000)
    const since = await tab.ask<number>('performance.now()')
    await tab.ask('bar.watchFrames()')
    const steps = Math.min(30, rig.data.size.mine - 2)
    for (let step = 0; step < steps; step++) {
      const began = performance.now()
      await tab.page.keyboard.press('Alt+ArrowDown')
      await sleep(Math.max(0, 200 - (performance.now() - began)))
    }
    const { frames } = await tab.ask<{ frames: number[] }>('bar.stopFrames()')
    const name = await tab.ask<string>(`location.pathname.split('/').at(-1)`)
    const here = [rig.data.busiest, ...rig.data.places].find((place) => place.name === name)
    const newest = here ? await newestIn(rig, here) : ''
    const isRight = await tab.until(`bar.shows('${newest}')`, 5000).then(
      () => true,
      () => false,
    )
    await sleep(1000)
    const asked = await askedFor(tab, since)
    await tab.close()
    return parts([
      { name: 'longest frame', value: Math.max(...frames), limit: 100 * rig.slowness, unit: 'ms' },
      { name: 'last one wrong', value: isRight ? 0 : 1, limit: 0 },
      { name: 'most requests of a channel', value: Math.max(0, ...asked.values()), limit: 1 },
      { name: 'channels asked for', value: asked.size, limit: steps + 1 },
    ])
  },
}

const FIELD = `document.activeElement?.matches('[role=combobox], dialog input, [role=dialog] input')`

const switcher: Check = {
  number: 13,
  what: 'quick switcher: key to focused field; letter to results, p95',
  wanted: '≤ 50 ms; ≤ 30 ms; letters typed ahead are kept',
  async run(rig) {
    const tab = await openChat(rig, rig.data.busiest)
    const [open, letters]: [number[], number[]] = [[], []]
    const value = `(document.activeElement?.value ?? '')`
    for (let run = 0; run < rig.runs; run++) {
      open.push(await tab.timed('keydown', FIELD, () => tab.page.keyboard.press('Control+k')))
      let typed = ''
      for (const letter of 'kanal') {
        typed += letter
        const hit = `document.querySelector('[role=option]')?.textContent.toLowerCase().includes('${typed}')`
        letters.push(
          await tab.timed('keydown', `${value} === '${typed}' && ${hit}`, () =>
            tab.page.keyboard.press(letter),
          ),
        )
      }
      await tab.page.keyboard.press('Escape')
      await tab.until(`!${FIELD}`, 5000)
    }
    await tab.page.keyboard.press('Control+k')
    await tab.page.keyboard.type('kanal 01')
    const isKept = await tab.until(`${value} === 'kanal 01'`, 3000).then(
      () => true,
      () => false,
    )
    await tab.close()
    // A first opening may load code.
    return parts([
      { name: 'open', value: p95(open.slice(1)), limit: 50 * rig.slowness, unit: 'ms' },
      { name: 'first', value: open[0] ?? 0, limit: 300 * rig.slowness, unit: 'ms' },
      { name: 'letter', value: p95(letters), limit: 30 * rig.slowness, unit: 'ms' },
      { name: 'letters lost', value: isKept ? 0 : 1, limit: 0 },
    ])
  },
}

const TEXT = 'Die Messung läuft seit heute früh, der Druck ist stabil. '.repeat(4).slice(0, 200)

/** Types while others write twenty messages per second. */
const typeThrough = async (rig: Rig, slow: number): Promise<Part[]> => {
  const tab = await openChat(rig, rig.data.busiest, { slow })
  const composer = composerOf(tab)
  await composer.click()
  const since = await tab.ask<number>('performance.now()')
  let isOver = false
  const noise = (async () => {
    for (let n = 0; !isOver; n++) {
      void write(rig, rig.data.busiest, `Rauschen ${n}`).catch(() => undefined)
      await sleep(50)
    }
  })()
  for (const letter of TEXT) {
    await tab.page.keyboard.type(letter)
    await sleep(30)
  }
  isOver = true
  await noise
  await sleep(500)
  const typed = await composer.inputValue()
  const events = await tab.ask<Event[]>(
    `bar.events.filter(({ name, at }) => name === 'keydown' && at > ${since})`,
  )
  const tasks = await tab.ask<number[]>(`bar.longTasks.filter(({ at }) => at > ${since}).map(({ ms }) => ms)`)
  await composer.fill('')
  await sleep(800)
  await tab.close()
  // Events of less than 16 ms are not reported.
  const all = [
    ...events.map(({ ms }) => ms),
    ...Array.from({ length: TEXT.length - events.length }, () => 16),
  ]
  const name = `×${slow}`
  return [
    { name: `${name} key`, value: p95(all), limit: (slow === 1 ? 16 : 50) * rig.slowness, unit: 'ms' },
    { name: `${name} letters lost`, value: typed === TEXT ? 0 : 1, limit: 0 },
    {
      name: `${name} longest task`,
      value: Math.max(0, ...tasks),
      limit: 50 * slow * rig.slowness,
      unit: 'ms',
    },
  ]
}

const typing: Check = {
  number: 14,
  what: 'typing 200 characters while 20 messages per second arrive, p95',
  wanted: 'key ≤ 16 ms, ×4 slower ≤ 50 ms; no letter lost; no task > 50 ms',
  run: async (rig) => parts([...(await typeThrough(rig, 1)), ...(await typeThrough(rig, 4))]),
}

/** One minute of what people do; the bar's five minutes are five of them. */
const useFor = async (rig: Rig, tab: Tab, ms: number) => {
  const end = performance.now() + ms
  for (let n = 0; performance.now() < end; n++) {
    const place = rig.data.places[n % Math.min(8, rig.data.places.length)] as Place
    await linkTo(tab, place).click()
    await sleep(400)
    await composerOf(tab).click()
    await tab.page.keyboard.type(`Notiz ${n}`, { delay: 40 })
    await tab.page.keyboard.press('Enter')
    await sleep(300)
    await tab.page.locator('[data-messages]').hover()
    await tab.page.mouse.wheel(0, -900)
    await sleep(300)
    await tab.page.keyboard.press('Control+k')
    await tab.page.keyboard.type('kan', { delay: 60 })
    await tab.page.keyboard.press('Escape')
    await sleep(200)
  }
}

const wholeRun: Check = {
  number: 15,
  what: 'interaction to next paint over a scripted run, p98',
  wanted: '≤ 100 ms, ×4 slower ≤ 200 ms',
  async run(rig) {
    const p98 = async (slow: number) => {
      const tab = await openChat(rig, rig.data.busiest, { slow })
      await useFor(rig, tab, rig.isShort ? 10_000 : 150_000)
      const events = await tab.ask<Event[]>('bar.events')
      const count = await tab.ask<number>('performance.interactionCount ?? 0')
      await tab.close()
      const longest = new Map<number, number>()
      for (const { id, ms } of events) longest.set(id, Math.max(longest.get(id) ?? 0, ms))
      const quick = Math.max(0, count - longest.size)
      return quantile([...longest.values(), ...Array.from({ length: quick }, () => 16)], 0.98)
    }
    return parts([
      { name: '×1', value: await p98(1), limit: 100 * rig.slowness, unit: 'ms' },
      { name: '×4', value: await p98(4), limit: 200 * rig.slowness, unit: 'ms' },
    ])
  },
}

const sending: Check = {
  number: 16,
  what: 'Enter to own message painted, with the answer 3 s late, p95',
  wanted: '≤ 50 ms; the field empty at once; one row after it; no jump > 1 px',
  async run(rig) {
    const place = rig.data.places[1] as Place
    const tab = await openChat(rig, place)
    await tab.page.route('**/api/v4/posts', async (route) => {
      await sleep(3000)
      await route.continue().catch(() => undefined)
    })
    const times: number[] = []
    const problems: string[] = []
    for (let run = 0; run < Math.ceil(rig.runs / 4); run++) {
      const text = `Eigene Nachricht ${run} ${Date.now()}`
      await composerOf(tab).fill(text)
      await composerOf(tab).focus()
      const rows = `[...document.querySelectorAll('[data-messages] li')].filter((row) => row.textContent.includes('${text}'))`
      times.push(await tab.timed('keydown', `${rows}.length > 0`, () => tab.page.keyboard.press('Enter')))
      if ((await composerOf(tab).inputValue()) !== '') problems.push('the field still has the text')
      const before = await tab.ask<number>(`${rows}[0].getBoundingClientRect().top`)
      await tab.until(`${rows}.some((row) => row.querySelector('[data-post]'))`, 15_000)
      await sleep(300)
      if ((await tab.ask<number>(`${rows}.length`)) !== 1) problems.push('there are two rows')
      const jump = Math.abs((await tab.ask<number>(`${rows}[0].getBoundingClientRect().top`)) - before)
      if (jump > 1) problems.push(`it jumped by ${jump.toFixed(1)} px`)
    }
    await tab.close()
    const found = parts([{ name: 'painted', value: p95(times), limit: 50 * rig.slowness, unit: 'ms' }])
    const rest = none(problems, '')
    return 'notMeasured' in found || 'notMeasured' in rest
      ? found
      : { measured: found.measured, ...join(found.miss, rest.miss) }
  },
}

const join = (...misses: (string | undefined)[]) => {
  const all = misses.filter((each) => each !== undefined)
  return all.length > 0 ? { miss: all.join('; ') } : {}
}

export const speed: Check[] = [visited, unvisited, walking, switcher, typing, wholeRun, sending]
