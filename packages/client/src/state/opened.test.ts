import { beforeEach, describe, expect, test } from 'vitest'
import { ApiFault } from '../api.ts'
import { memoryDatabases } from '../local/database.ts'
import {
  caller,
  forget,
  frame,
  home,
  id,
  me,
  member,
  problems,
  stateWith,
  team,
  town,
} from './state.fixture.ts'
import { createState } from './state.ts'

beforeEach(forget)

const bookmark = (name: string, sort_order = 0) => ({ id: id(name), channel_id: town, sort_order })
const created = (name: string) =>
  frame('channel_bookmark_created', { bookmark: JSON.stringify(bookmark(name, 9)) }, { channel_id: town })

describe('data that screens ask for', () => {
  test('is loaded once more if an event comes while it is being loaded', async () => {
    const answers: ((all: object[]) => void)[] = []
    const state = stateWith({ 'bookmarks.list': () => new Promise((resolve) => answers.push(resolve)) })
    const opening = state.bookmarks.open(town)
    state.apply(created('b2'))
    answers[0]?.([bookmark('b1')])
    await new Promise((resolve) => setTimeout(resolve))
    expect(state.bookmarks.byChannel.has(town)).toBe(false)
    answers[1]?.([bookmark('b1'), bookmark('b2', 9)])
    await opening
    state.apply(created('b2'))
    expect(state.bookmarks.byChannel.one(town)?.map((each) => each.id)).toEqual([id('b1'), id('b2')])
  })

  test('is loaded again after a gap, if a screen has asked for it', async () => {
    let all = [bookmark('b1')]
    const state = stateWith({ 'bookmarks.list': () => all, 'home.get': () => home() })
    state.apply(created('b0'))
    expect(state.bookmarks.byChannel.keys()).toEqual([])
    await state.bookmarks.open(town)
    all = [bookmark('b2')]
    await state.reload()
    await state.settled()
    expect(state.bookmarks.byChannel.one(town)).toEqual(all)
  })

  test('is dropped with the right to see it, and with the channel', async () => {
    let isAllowed = true
    const state = stateWith({
      'bookmarks.list': () => {
        if (isAllowed) return [bookmark('b1')]
        throw new ApiFault('api.context.permissions.app_error', 403, 'no')
      },
      'home.get': () => home(),
    })
    await state.bookmarks.open(town)
    isAllowed = false
    await state.reload()
    await state.settled()
    expect([state.bookmarks.byChannel.keys(), problems]).toEqual([[], []])
    isAllowed = true
    await state.bookmarks.open(town)
    state.load(home({ channels: [], channel_members: [] }))
    expect(state.bookmarks.byChannel.keys()).toEqual([])
  })
})

describe('drafts', () => {
  const draft = (message: string) => ({ channel_id: town, root_id: '', message, delete_at: 0 })
  const told = (message: string) => frame('draft_created', { draft: JSON.stringify(draft(message)) })

  test('of this device win; what the server has is not kept here', async () => {
    const state = stateWith(
      { 'drafts.list': () => [draft('from the phone')] },
      home({ channel_members: [member('town')] }),
    )
    state.apply(told('nobody asked'))
    expect(state.drafts.read(town)).toBe('')
    await state.drafts.open(team)
    expect(state.drafts.read(town)).toBe('from the phone')
    state.drafts.write(town, 'from the phone, and here')
    state.apply(told('changed on the phone'))
    expect(state.drafts.read(town)).toBe('from the phone, and here')
    expect(state.drafts.read(town)).toBe('from the phone, and here')
  })

  test('survive the end of the client; the empty one wins, too', async () => {
    const openDatabase = memoryDatabases()
    const begin = async () => {
      const state = createState({
        call: caller({ 'drafts.list': () => [draft('from the phone')] }),
        openDatabase,
      })
      await state.device.open(me)
      state.load(home({ channel_members: [member('town')] }))
      await state.drafts.open(team)
      await state.drafts.adopt()
      return state
    }
    const first = await begin()
    first.drafts.write(town, '')
    first.drafts.write(town, 'an answer', id('root'))
    await first.settled()
    first.clear()
    const second = await begin()
    expect(second.drafts.read(town)).toBe('')
    expect(second.drafts.read(town, id('root'))).toBe('an answer')
    second.drafts.write(town, 'from the phone')
    await second.settled()
    expect([...(await second.device.readAll('drafts')).keys()]).toEqual([`${town}/${id('root')}`])
  })

  test('that could not be stored in time are put aside when the page ends', async () => {
    const kept = new Map<string, string>()
    const storage = {
      get: (key: string) => kept.get(key) ?? null,
      set: (key: string, value: string) => void kept.set(key, value),
      remove: (key: string) => void kept.delete(key),
    }
    const openDatabase = memoryDatabases()
    const first = createState({ call: caller({}), storage })
    first.load(home())
    first.drafts.write(town, 'almost lo')
    first.drafts.write(town, 'almost lost')
    first.drafts.putAside()
    const second = createState({ call: caller({}), storage, openDatabase })
    await second.device.open(me)
    second.load(home())
    await second.drafts.adopt()
    expect(second.drafts.read(town)).toBe('almost lost')
    expect([kept.size, (await second.device.readAll('drafts')).size]).toEqual([0, 1])
  })

  test('that are saved on the server leave this device', async () => {
    const state = stateWith({ 'drafts.list': () => [], 'drafts.save': () => draft('text') })
    await state.drafts.open(team)
    state.drafts.write(town, 'text')
    await state.drafts.save({ channel_id: town, message: 'text' })
    expect([state.drafts.texts.one(`${town}/`), state.drafts.read(town)]).toEqual([undefined, 'text'])
  })
})
