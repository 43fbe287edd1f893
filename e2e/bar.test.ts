/** The checks of the acceptance bar (bench/bar) that come out the same on every machine. */
import type { TestServer } from '@plausch/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checks } from '../bench/bar/checks.ts'
import { dataSizes, makeData } from '../bench/bar/data.ts'
import { openRig, type Rig } from '../bench/bar/rig.ts'
import { serveClient } from './browser.ts'

let server: TestServer
let rig: Rig

beforeAll(async () => {
  server = await serveClient()
  const data = await makeData(server.url, dataSizes.short, () => undefined)
  rig = await openRig({ url: server.url, data, isShort: true, restart: undefined })
}, 180_000)
afterAll(async () => {
  await rig?.close()
  await server.stop()
})

it.each(checks.filter(({ isDeterministic }) => isDeterministic))(
  '$number: $what: $wanted',
  async ({ run }) => {
    const finding = await run(rig)
    expect('miss' in finding ? finding.miss : undefined, JSON.stringify(finding)).toBeUndefined()
  },
  180_000,
)
