import type { Category } from '@plausch/wire'
import { beforeEach, describe, expect, test } from 'vitest'
import { ApiFault } from '../api.ts'
import { type Answers, asked, forget, home, me, stateWith, team } from './state.fixture.ts'

beforeEach(forget)

const category = (id: string, channel_ids: string[] = [], more: Partial<Category> = {}): Category => ({
  id,
  user_id: me,
  team_id: team,
  sort_order: 0,
  sorting: '',
  type: 'custom',
  display_name: id,
  muted: false,
  collapsed: false,
  channel_ids,
  ...more,
})

const listed = (...categories: Category[]) => ({ categories, order: categories.map(({ id }) => id) })

const withThree = (answers: Answers) =>
  stateWith(
    answers,
    home({ categories: { [team]: listed(category('a', ['one']), category('b', ['two']), category('c')) } }),
  )

const shown = (state: ReturnType<typeof withThree>) =>
  state.categories.byTeam.one(team)?.map(({ id, channel_ids }) => `${id}: ${channel_ids.join()}`)

/** A reply that comes when the test says. */
const later = <T>() => {
  let settle: { reply(value: T): void; refuse(fault: unknown): void } | undefined
  const reply = new Promise<T>((resolve, reject) => {
    settle = { reply: resolve, refuse: reject }
  })
  if (!settle) throw new Error('the promise did not begin')
  return { answer: () => reply, ...settle }
}

describe('categories', () => {
  test('take a channel from its former category at once', () => {
    const state = withThree({ 'categories.update': () => new Promise(() => undefined) })
    void state.categories.update(team, { id: 'b', channel_ids: ['one', 'two'] })
    expect(shown(state)).toEqual(['a: ', 'b: one,two', 'c: '])
  })

  test('are those of the server again after it refuses a change', async () => {
    const wire = later<Category>()
    const before = listed(category('a', ['one']), category('b', ['two']), category('c'))
    const state = withThree({ 'categories.update': wire.answer, 'categories.list': () => before })
    const change = state.categories.update(team, { id: 'c', channel_ids: ['one'] })
    expect(shown(state)).toEqual(['a: ', 'b: two', 'c: one'])
    wire.refuse(new ApiFault('categories.channels', 400, 'no'))
    await expect(change).rejects.toThrow('no')
    expect(shown(state)).toEqual(['a: one', 'b: two', 'c: '])
  })

  test('do not fall back to an answer that is older than a change under way', async () => {
    const wire = later<Category>()
    const old = listed(category('a', ['one']), category('b', ['two']), category('c'))
    const state = withThree({ 'categories.update': wire.answer, 'categories.list': () => old })
    const change = state.categories.update(team, { id: 'c', channel_ids: ['one'] })
    state.categories.reload(team)
    await state.settled()
    expect(shown(state)).toEqual(['a: ', 'b: two', 'c: one'])
    wire.reply(category('c', ['one']))
    await change
    await state.settled()
    expect(shown(state)).toEqual(['a: one', 'b: two', 'c: '])
    expect(asked.filter((each) => each === 'categories.list')).toHaveLength(2)
  })

  test('are ordered and removed at once', () => {
    const never = () => new Promise(() => undefined)
    const state = withThree({ 'categories.setOrder': never, 'categories.remove': never })
    void state.categories.order(team, ['c', 'a', 'b'])
    expect(shown(state)).toEqual(['c: ', 'a: one', 'b: two'])
    void state.categories.remove(team, 'a')
    expect(shown(state)).toEqual(['c: ', 'b: two'])
  })
})
