/** B. Speed in use: long histories, scrolled through and kept in memory. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Check, parts } from './check.ts'
import { medianOf } from './quantiles.ts'
import { linkTo, openChat, pathOf, type Rig, type Tab } from './rig.ts'
import { write } from './speed.ts'

type Place = Rig['data']['busiest']

const scrolling: Check = {
  number: 18,
  what: 'scrolling upward through the busiest channel',
  wanted: '≥ 55 frames per second; no blank view > 100 ms',
  async run(rig) {
    const tab = await openChat(rig, rig.data.busiest)
    await tab.page.locator('[data-messages]').hover()
    await tab.ask('bar.watchFrames(bar.showsMessages)')
    const end = performance.now() + (rig.isShort ? 6000 : 60_000)
    while (performance.now() < end) {
      await tab.page.mouse.wheel(0, -400)
      await sleep(30)
    }
    const { frames, blank } = await tab.ask<{ frames: number[]; blank: number }>('bar.stopFrames()')
    const rows = await tab.ask<number>(`document.querySelectorAll('[data-post]').length`)
    await tab.close()
    return parts([
      { name: 'frames per second', value: 1000 / medianOf(frames), limit: 55, atLeast: true },
      { name: 'longest blank', value: blank, limit: 100 * rig.slowness, unit: 'ms' },
      { name: 'longest frame', value: Math.max(...frames), limit: 1000, unit: 'ms' },
      { name: 'rows at the end', value: rows, limit: 400 },
    ])
  },
}

const MB = 1_000_000
const memoryOf = async (tab: Tab): Promise<{ heap: number; nodes: number }> => {
  await tab.cdp.send('HeapProfiler.enable')
  for (let n = 0; n < 3; n++) await tab.cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = (await tab.cdp.send('Runtime.getHeapUsage')) as { usedSize: number }
  return { heap: usedSize / MB, nodes: await tab.ask<number>(`document.getElementsByTagName('*').length`) }
}

/** Five messages a second. */
const AN_HOUR = 18_000

/**
 * What an hour of messages in the open channel adds to the heap, in MB, by as many messages as there is time
 * for.
 */
const growthOf = async (rig: Rig, tab: Tab, place: Place): Promise<number> => {
  const count = rig.isShort ? 400 : 2000
  const after = async () => {
    let last = ''
    for (let n = 0; n < count; n++) last = (await write(rig, place, `Strom ${n}`)).id
    await tab.until(`bar.shows('${last}')`)
    await sleep(5000)
    return (await memoryOf(tab)).heap
  }
  const before = await after()
  return (((await after()) - before) / count) * AN_HOUR
}

const memory: Check = {
  number: 19,
  what: 'memory after 50 channels and a long history, and in an hour of 5 messages a second',
  wanted: 'heap ≤ 150 MB; ≤ 6,000 nodes; within 20 % after switching away; flat',
  async run(rig) {
    const tab = await openChat(rig, rig.data.busiest)
    const places = rig.data.places.slice(0, 50)
    for (const place of places) {
      await linkTo(tab, place).click()
      await tab.until(`location.pathname === '${pathOf(place)}' && bar.showsMessages()`, 10_000)
    }
    const before = await memoryOf(tab)
    await linkTo(tab, rig.data.busiest).click()
    await tab.page.locator('[data-messages]').hover()
    const end = performance.now() + (rig.isShort ? 5000 : 120_000)
    while (performance.now() < end) {
      await tab.page.mouse.wheel(0, -2500)
      await sleep(30)
    }
    const most = await memoryOf(tab)
    await linkTo(tab, places[0] as Place).click()
    // What is far from view is forgotten when there is time.
    let after = await memoryOf(tab)
    for (let n = 0; n < 10 && after.heap > 1.2 * before.heap; n++) {
      await sleep(1000)
      after = await memoryOf(tab)
    }
    const growth = await growthOf(rig, tab, places[0] as Place)
    await tab.close()
    return parts([
      { name: 'heap', value: most.heap, limit: 150, unit: 'MB' },
      { name: 'nodes', value: most.nodes, limit: 6000 },
      { name: 'after switching away', value: after.heap / before.heap, limit: 1.2 },
      // What is measured is extrapolated: half a megabyte of noise counts as four.
      { name: 'grows in an hour', value: growth, limit: 4, unit: 'MB' },
    ])
  },
}

export const length: Check[] = [scrolling, memory]
