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
  const draft = (message: string, update_at = 1) => ({
    ...{ channel_id: town, root_id: '', message, update_at, delete_at: 0, file_ids: [] },
  })
  const told = (event: string, message: string, update_at: number) =>
    frame(event, { draft: JSON.stringify(draft(message, update_at)) })
  const text = (message: string) => ({ message, fileIds: [] })

  test('of this device win until the server has them, and the latest afterwards', async () => {
    let isRefusing = true
    const state = stateWith(
      {
        'drafts.list': () => [draft('from the phone')],
        'drafts.save': () => {
          if (isRefusing) throw new ApiFault('client.offline', 0, 'offline')
          return draft('from the phone, and here', 20)
        },
      },
      home({ channel_members: [member('town')] }),
    )
    state.apply(told('draft_created', 'nobody asked', 2))
    expect(state.drafts.read(town).message).toBe('')
    await state.drafts.open(team)
    expect(state.drafts.read(town).message).toBe('from the phone')
    state.drafts.write(town, '', text('from the phone, and here'))
    await state.settled()
    state.apply(told('draft_updated', 'changed on the phone', 10))
    expect(state.drafts.read(town).message).toBe('from the phone, and here')
    expect(state.drafts.isSaved(town)).toBe(false)
    isRefusing = false
    await state.drafts.saveAll()
    expect(state.drafts.isSaved(town)).toBe(true)
    state.apply(told('draft_updated', 'changed on the phone', 10))
    expect(state.drafts.read(town).message).toBe('from the phone, and here')
    state.apply(told('draft_updated', 'changed on the phone again', 30))
    expect(state.drafts.read(town).message).toBe('changed on the phone again')
  })

  test('survive the end of a session on the device, in channels and threads', async () => {
    const openDatabase = memoryDatabases()
    const begin = async () => {
      const refuse = () => {
        throw new ApiFault('api.context.session_expired.app_error', 401, 'over')
      }
      const state = createState({ call: caller({ 'drafts.save': refuse }), openDatabase })
      await state.device.open(me)
      state.load(home())
      await state.drafts.adopt()
      return state
    }
    const first = await begin()
    first.drafts.write(town, '', text('in the channel'))
    first.drafts.write(town, id('root'), { message: 'in the thread', fileIds: [id('file')] })
    await first.settled()
    await first.device.close('copies')
    first.clear()
    expect(first.drafts.read(town).message).toBe('')
    const second = await begin()
    expect(second.drafts.read(town).message).toBe('in the channel')
    expect(second.drafts.read(town, id('root'))).toEqual({ message: 'in the thread', fileIds: [id('file')] })
    await second.device.close('everything')
    second.clear()
    expect((await begin()).drafts.read(town).message).toBe('')
  })

  test('that could not be stored in time are put aside when the page ends', async () => {
    const kept = new Map<string, string>()
    const storage = {
      get: (key: string) => kept.get(key) ?? null,
      set: (key: string, value: string) => void kept.set(key, value),
      remove: (key: string) => void kept.delete(key),
    }
    const offline = () => {
      throw new ApiFault('client.offline', 0, 'offline')
    }
    const call = caller({ 'drafts.save': offline })
    const first = createState({ call, storage })
    first.load(home())
    first.drafts.write(town, '', text('almost lo'))
    first.drafts.write(town, '', text('almost lost'))
    await first.settled()
    first.writings.putAside()
    const second = createState({ call, storage, openDatabase: memoryDatabases() })
    await second.device.open(me)
    second.load(home())
    await second.drafts.adopt()
    expect(second.drafts.read(town).message).toBe('almost lost')
    expect([kept.size, (await second.device.readAll('drafts')).size]).toEqual([0, 1])
  })

  test('that were sent do not come back with a late event', async () => {
    const state = stateWith({
      'drafts.list': () => [draft('written', 5)],
      'drafts.save': () => ({ ...draft('', 9), delete_at: 9 }),
    })
    await state.drafts.open(team)
    state.drafts.write(town, '', text(''))
    await state.settled()
    state.apply(told('draft_updated', 'written', 5))
    expect([state.drafts.read(town).message, state.drafts.places.get()]).toEqual(['', []])
    state.apply(told('draft_created', 'a new one', 12))
    expect(state.drafts.read(town).message).toBe('a new one')
  })
})
