/** The rules of the architecture of the web client; apps/web/README.md has the reasons. */
import { describe, expect, it } from 'vitest'
import { type SourceFile, sourceFiles } from './source.ts'

const WEB = 'apps/web/src/'
const files = sourceFiles().filter(({ path }) => path.startsWith(WEB) && !path.includes('.test.'))

/** From the lowest to the highest: imports go down only. */
const RANKS = ['browser', 'i18n', 'ui', 'platform', 'features', 'screens']
/** They start the program, or run beside it. */
const ENTRIES = ['main.tsx', 'service-worker.ts']

const none = (broken: string[], cure: string) => expect(broken, cure).toEqual([])
const inside = (path: string) => path.slice(WEB.length)
const rankOf = (path: string) => RANKS.indexOf(inside(path).split('/')[0] ?? '')
const own = (file: SourceFile) => file.imports.filter(({ to }) => to.startsWith(WEB))

/** `places/channels` for a file of that feature. */
const roomOf = (path: string) => /^features\/(\w+\/[\w-]+)\//.exec(inside(path))?.[1]

/** The rooms in the order of `features/index.ts`, which cannot be imported here: it renders. */
const listed = (() => {
  const text = files.find(({ path }) => path === `${WEB}features/index.ts`)?.text ?? ''
  const folders = new Map(
    [...text.matchAll(/import \{ (\w+) \} from '\.\/(\w+\/[\w-]+)\/feature\.ts'/g)].map(
      ([, name = '', room = '']) => [name, room],
    ),
  )
  const lists = /export const floors = \{([\s\S]*?)\n\}/.exec(text)?.[1] ?? ''
  return [...lists.matchAll(/^ {2}(\w+): \[([^\]]*)\]/gm)].map(([, floor = '', names = '']) => ({
    floor,
    rooms: names.split(',').flatMap((name) => folders.get(name.trim()) ?? []),
  }))
})()
const FLOORS = ['people', 'places', 'messages', 'attention', 'integrations', 'entrance']
const order = listed.flatMap(({ rooms }) => rooms)

describe('the web client', () => {
  it('has the ranks that its README describes', () => {
    const strays = files.filter(({ path }) => rankOf(path) < 0 && !ENTRIES.includes(inside(path)))
    none(
      strays.map(({ path }) => path),
      'put it into a rank',
    )
    expect(files.length).toBeGreaterThan(80)
  })

  it('imports only lower ranks', () => {
    const broken = files
      .filter(({ path }) => rankOf(path) >= 0)
      .flatMap((file) =>
        own(file)
          .filter(({ to }) => rankOf(to) > rankOf(file.path))
          .map(({ to }) => `${file.path} imports ${to}`),
      )
    none(broken, 'declare it in the feature (platform/feature.ts), or move the shared piece down')
  })

  it('has the floors of the server, and each feature on the floor of its folder', () => {
    expect(listed.map(({ floor }) => floor)).toEqual(FLOORS)
    none(
      listed.flatMap(({ floor, rooms }) => rooms.filter((room) => !room.startsWith(`${floor}/`))),
      'list the feature on the floor of its folder',
    )
    const declaring = files.flatMap(({ path }) => (path.endsWith('/feature.ts') ? (roomOf(path) ?? []) : []))
    none(
      declaring.filter((room) => !order.includes(room)),
      'list the feature in features/index.ts',
    )
  })

  it('features import lower floors, and earlier rooms of their own', () => {
    const placeOf = (room: string): [floor: number, room: number] => {
      const at = order.indexOf(room)
      return [FLOORS.indexOf(room.split('/')[0] ?? ''), at < 0 ? order.length : at]
    }
    const isBelow = (to: string, from: string): boolean => {
      const [toFloor, toRoom] = placeOf(to)
      const [fromFloor, fromRoom] = placeOf(from)
      return toFloor === fromFloor ? toRoom < fromRoom : toFloor < fromFloor
    }
    const broken = files.flatMap((file) => {
      const from = roomOf(file.path)
      if (from === undefined) return []
      return own(file)
        .filter(({ to }) => roomOf(to) !== undefined && roomOf(to) !== from)
        .filter(({ to }) => !isBelow(roomOf(to) ?? '', from))
        .map(({ to }) => `${file.path} imports ${to}`)
    })
    none(broken, 'declare it in the feature (platform/feature.ts), or move the shared piece down')
  })

  it('ui/ and browser/ know no client', () => {
    const allowed = /^import (type )?\{[^}]*\} from '@plausch\/client'$/gm
    const names = new Set(['Value', 'Source', 'Storage', 'ApiFault', 'StatusName'])
    const broken = files
      .filter(({ path }) => /^(ui|browser|i18n)\//.test(inside(path)))
      .flatMap(({ path, text }) =>
        [...text.matchAll(allowed)]
          .flatMap(([line]) => line.replace(/^.*\{|\}.*$/g, '').split(','))
          .map((name) =>
            name
              .trim()
              .replace(/^type /, '')
              .replace(/ as .*/, ''),
          )
          .filter((name) => name !== '' && !names.has(name))
          .map((name) => `${path} imports ${name}`),
      )
    none(broken, 'pass it as a property, or fill a context in platform/')
  })

  it('formats texts by i18n/ only', () => {
    const broken = files.filter(({ text }) => text.includes("from 'react-intl'"))
    none(
      broken.map(({ path }) => path),
      'use i18n/intl.ts: react-intl is a reference for tests, and its provider is nowhere',
    )
  })

  it('never sets HTML', () => {
    const broken = files.filter(({ text }) =>
      /dangerouslySetInnerHTML|\.(innerHTML|outerHTML)\b|insertAdjacentHTML|document\.write\b/.test(text),
    )
    none(
      broken.map(({ path }) => path),
      'draw elements; texts of people are trees (packages/markdown)',
    )
  })
})
