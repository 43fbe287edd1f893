/**
 * A member's day, by the unmodified client of the registry: every operation of tiers A and B that it can ask for, once at least, and what it makes of the
 * answers. Its types are the compiler's to check.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { needed, operationsAsked, watch } from './asked.ts'
import { begin, type Day } from './cast.ts'
import * as integrations from './integrations.ts'
import * as people from './people.ts'
import * as places from './places.ts'
import * as posts from './posts.ts'

/** Not asked here: the socket and files have tests of their own, and nothing is served at an address that only plugins have. */
const elsewhere = new Set([
  'GET /websocket',
  'GET /static/{path}',
  'GET /static/plugins/{path}',
  'GET /{anything}',
  'GET /robots.txt',
  'GET /unsupported_browser.js',
])

let day: Day
let unwatch: () => void
beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  unwatch = watch()
  day = await begin()
})
afterAll(async () => {
  unwatch()
  vi.restoreAllMocks()
  await day.stop()
})

describe.each([
  [
    'people',
    [people.arrive, people.findPeople, people.changeAccount, people.showStatus, people.confirmTerms],
  ],
  ['places', [places.seeTeams, places.lookAfterTeam, places.findChannels, places.useChannels]],
  ['conversations', [places.talkInConversations, places.arrangeSidebar, places.useGroups]],
  ['messages', [posts.write, posts.mark, posts.followThreads, posts.writeLater]],
  ['files', [posts.sendFiles, posts.search, integrations.findFiles]],
  [
    'integrations',
    [integrations.drawEmoji, integrations.setBookmarks, integrations.command, integrations.press],
  ],
  [
    'the rest',
    [integrations.lookAround, integrations.invite, people.describeThemselves, people.useSecondFactor],
  ],
  ['leaving', [people.keepKeys, people.comeBack, people.leave]],
] as const)('%s', (_part, hours) => {
  it.each(hours.map((hour) => [hour.name, hour] as const))('%s', async (_name, hour) => {
    await hour(day)
  })
})

it('has asked for every operation of tiers A and B', () => {
  const asked = operationsAsked()
  expect(needed.filter((operation) => !asked.has(operation) && !elsewhere.has(operation))).toEqual([])
})
