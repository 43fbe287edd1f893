/**
 * A member's day with the unmodified client from the registry: every operation of tiers A and B that it can
 * call, at least once, and how the client reads the answers. The compiler checks its types.
 */
import type { EventFrame } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { rows } from '../rows.ts'
import * as administration from './administration.ts'
import { answersOf, methodsCalled, needed, operationOf, operationsAsked, watch } from './asked.ts'
import { begin, type Day } from './cast.ts'
import * as directory from './directory.ts'
import * as integrations from './integrations.ts'
import { isLeftOut, unusedReasons } from './left-out.ts'
import { allMethods } from './methods.ts'
import * as people from './people.ts'
import * as places from './places.ts'
import * as posts from './posts.ts'
import { type Missing, openShapes, type Shapes } from './shapes.ts'

/**
 * Not called here: the socket and files have separate tests, and nothing is served under a path of plugins.
 */
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
    [
      people.arrive,
      people.findPeople,
      people.lookAfterPeople,
      people.changeAccount,
      people.showStatus,
      people.confirmTerms,
    ],
  ],
  [
    'places',
    [
      places.seeTeams,
      places.lookAfterTeam,
      places.findChannels,
      places.lookAfterChannels,
      places.useChannels,
    ],
  ],
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
  ['the server', [administration.lookAfterServer, directory.connectDirectory]],
  ['leaving', [people.keepKeys, people.comeBack, people.leave]],
] as const)('%s', (_part, hours) => {
  it.each(hours.map((hour) => [hour.name, hour] as const))('%s', async (_name, hour) => {
    await hour(day)
  })
})

it('has called every operation of tiers A and B', () => {
  const asked = operationsAsked()
  expect(needed.filter((operation) => !asked.has(operation) && !elsewhere.has(operation))).toEqual([])
})

const served = new Set(
  rows.map(({ operation: { method, path } }) => operationOf(method, path.replaceAll(/\{\w+\}/g, 'x'))),
)

/**
 * Methods with a served operation that are not called, and why. All other methods call nothing, or an
 * operation that is not served.
 */
const anyAddress = 'asks for whatever address it is given'
const needsProvider = 'needs files of a SAML provider; the matrix sends the same requests'
const notCalled: Record<string, string> = {
  ...Object.fromEntries(
    [
      ...['getSamlCertificateStatus', 'uploadPublicSamlCertificate', 'uploadPrivateSamlCertificate'],
      ...['uploadIdpSamlCertificate', 'deletePublicSamlCertificate', 'deletePrivateSamlCertificate'],
      ...['deleteIdpSamlCertificate', 'getSamlMetadataFromIdp', 'setSamlIdpCertificateFromMetadata'],
    ].map((name) => [name, needsProvider]),
  ),
  doFetch: anyAddress,
  doFetchWithResponse: anyAddress,
  getTranslations: anyAddress,
}

it('has called every method of the client whose operation is served', async () => {
  const methods = await allMethods()
  expect(methods.length).toBeGreaterThan(600)
  const called = methodsCalled()
  const wanted = methods.filter(({ asks }) =>
    asks.some((operation) => needed.includes(operation) || served.has(operation)),
  )
  const names = wanted.map(({ name }) => name)
  expect(names.filter((name) => !called.has(name) && !Object.hasOwn(notCalled, name))).toEqual([])
  // No reason may outlive its method.
  expect(Object.keys(notCalled).filter((name) => called.has(name) || !names.includes(name))).toEqual([])
  // Each method called all of its operations; some choose one of two.
  const strange = wanted.filter(
    ({ name, asks }) => !asks.every((each) => called.get(name)?.has(each) ?? true),
  )
  expect(strange).toEqual([])
})

const isRecords = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (!Array.isArray(value) || value.some(isRecords))

/** The keys that an event lacks, including those of records that it carries as text. */
const missingInEvent = (shapes: Shapes, { event, data }: EventFrame): Missing[] => {
  const inData = shapes.missing('Events', event, data)
  const inTexts = Object.entries(data).flatMap(([name, text]) => {
    const value: unknown = typeof text === 'string' && /^[[{]/.test(text) ? JSON.parse(text) : undefined
    if (!isRecords(value)) return []
    return shapes.missing('Nested', name, value) ?? [{ key: `${event}.${name}`, where: 'replies.ts' }]
  })
  // The client passes on events with unknown names unread.
  return [...(inData ?? []), ...inTexts.map(({ key, where }) => ({ key, where: `${event}.${where}` }))]
}

it("has got every key that the client's types promise, in answers and events", () => {
  const shapes = openShapes()
  const missing = [
    ...answersOf().flatMap(({ name, value }) => shapes.missing('Replies', name, value) ?? []),
    ...day.told.flatMap((frame) => missingInEvent(shapes, frame)),
  ]
  const keys = new Map(missing.filter((each) => !isLeftOut(each)).map(({ key, where }) => [key, where]))
  expect(Object.fromEntries(keys)).toEqual({})
  expect(shapes.unseen()).toEqual([])
  // No reason may outlive its key.
  expect(unusedReasons(missing)).toEqual([])
  expect(answersOf().length).toBeGreaterThan(300)
  expect(new Set(day.told.map(({ event }) => event)).size).toBeGreaterThan(50)
  shapes.close()
})
