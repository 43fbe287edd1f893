/** B and C: what people do with messages, what they open, and what they find. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Post, posts, reactions } from '@plausch/wire'
import { type Check, joined, none, type Part, parts } from './check.ts'
import { uploaded } from './data.ts'
import { p95 } from './quantiles.ts'
import { openChat, type Rig, type Tab } from './rig.ts'

type Place = Rig['data']['busiest']

const rowOf = (id: string) => `document.querySelector('[data-messages] [data-post="${id}"]')`
const says = (id: string, text: string) => `${rowOf(id)}?.textContent.includes('${text}')`
const rowIn = ({ page }: Tab, id: string) => page.locator(`[data-messages] [data-post="${id}"]`)

type Step = { name: string; event: string; done: string; act(): Promise<unknown> }

/** Everything that one person can change about two messages; each changes what `done` looks at. */
const changesOf = (tab: Tab, place: Place, theirs: Post, mine: Post): Step[] => {
  const press = (post: Post, keys: string) => async () => {
    await rowIn(tab, post.id).focus()
    await tab.page.keyboard.press(keys)
  }
  const edit = async () => {
    await press(mine, 'e')()
    const editor = rowIn(tab, mine.id).locator('textarea')
    await editor.fill('anders')
    await editor.press('Enter')
  }
  const remove = async () => {
    await press(mine, 'Delete')()
    await tab.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  }
  const chip = () => rowIn(tab, theirs.id).locator('[aria-pressed]').first().click()
  const isPressed = `${rowOf(theirs.id)}?.querySelector('[aria-pressed=true]') != null`
  const isUnread = `document.querySelector('[data-channel="${place.id}"]').matches('[data-unread]')`
  return [
    { name: 'reaction', event: 'pointerup', done: isPressed, act: chip },
    { name: 'pin', event: 'keydown', done: says(theirs.id, 'Pinned'), act: press(theirs, 'p') },
    { name: 'save', event: 'keydown', done: says(theirs.id, 'Saved'), act: press(theirs, 's') },
    { name: 'unread', event: 'keydown', done: isUnread, act: press(theirs, 'u') },
    {
      name: 'edit',
      event: 'keydown',
      done: `${rowOf(mine.id)}?.querySelector('textarea') === null && ${says(mine.id, 'anders')}`,
      act: edit,
    },
    { name: 'deletion', event: 'pointerup', done: `${rowOf(mine.id)} === null`, act: remove },
  ]
}

/** The requests of these changes. */
const CHANGES = /\/api\/v4\/(?:reactions|(?:users\/[a-z0-9]+\/)?(?:posts|preferences))\b/

/** What of the two messages differs from what was made. */
const differences = async (rig: Rig, theirs: Post, mine: Post): Promise<string[]> => {
  const api = await rig.as()
  const [first, second] = await Promise.all(
    [theirs, mine].map(({ id }) => api.call(posts.get, { params: { post_id: id } })),
  )
  const isSame =
    !first?.is_pinned && first?.metadata.reactions?.length === 1 && second?.message === mine.message
  return isSame ? [] : ['the server has something else']
}

const optimistic: Check = {
  number: 17,
  what: 'reaction, edit, deletion, pin, saving and unread show at once, and go back if the server fails',
  wanted: '≤ 50 ms; as before, with a message',
  async run(rig) {
    const place = rig.data.places[2] as Place
    const tab = await openChat(rig, place)
    const [me, writer] = [await rig.as(), await rig.as(rig.data.authors[0])]
    const say = (api: typeof me, message: string) =>
      api.call(posts.create, { body: { channel_id: place.id, message } })
    const [theirs, mine] = [await say(writer, 'von anderen'), await say(me, 'von mir')]
    const body = { user_id: theirs.user_id, post_id: theirs.id, emoji_name: 'tada' }
    await writer.call(reactions.save, { body })
    await tab.until(`${rowOf(mine.id)} && ${rowOf(theirs.id)}?.querySelector('[aria-pressed]')`, 10_000)
    // The first key or press prepares what the page needs once.
    await tab.page.keyboard.press('Shift')
    await sleep(1500)
    await tab.page.route(CHANGES, async (route) => {
      if (route.request().method() === 'GET') return await route.continue()
      await sleep(1500)
      const json = { id: 'bar.refused', message: 'Das geht nicht.', status_code: 500 }
      await route.fulfill({ status: 500, json })
    })
    const problems: string[] = []
    const times: Part[] = []
    for (const { name, event, done, act } of changesOf(tab, place, theirs, mine)) {
      const began = `globalThis.at = 0; addEventListener('${event}', (it) => { at = it.timeStamp }, true)`
      await tab.ask(began)
      const shown = tab.until(done, 10_000)
      await act()
      const painted = await shown.catch(() => Number.NaN)
      const value = painted - (await tab.ask<number>('at'))
      if (Number.isNaN(painted)) problems.push(`${name} does not show`)
      else times.push({ name, value, limit: 50 * rig.slowness, unit: 'ms' })
      await tab.until(`!(${done})`, 10_000).catch(() => problems.push(`${name} does not go back`))
      // A question that is still open says it itself.
      const told = tab.page.locator('[data-kind=failed], [role=alertdialog] [role=alert]').last()
      await told.waitFor({ timeout: 5000 }).catch(() => problems.push(`${name}: no message`))
      await tab.page.keyboard.press('Escape')
      const dismiss = tab.page.getByRole('button', { name: 'Dismiss' })
      while ((await dismiss.count()) > 0) await dismiss.first().click()
    }
    problems.push(...(await differences(rig, theirs, mine)))
    await tab.close()
    return joined(parts(times), none(problems, ''))
  },
}

type Opening = { name: string; event: string; shows: string; open(): Promise<unknown> }

const openings: Check = {
  number: 20,
  what: 'emoji picker, profile, menu of a message and picture open, with their code loaded, p95',
  wanted: '≤ 100 ms; closing returns the focus',
  async run(rig) {
    const place = rig.data.places[2] as Place
    const writer = await rig.as(rig.data.authors[1])
    const file = await uploaded(rig.url, writer, place.id, 'bild.png')
    const body = { channel_id: place.id, message: 'mit Bild', file_ids: [file] }
    const post = await writer.call(posts.create, { body })
    const tab = await openChat(rig, place)
    const row = rowIn(tab, post.id)
    const keys = (pressed: string) => async () => {
      await row.focus()
      await tab.page.keyboard.press(pressed)
    }
    const picture = row.getByRole('button', { name: /bild\.png/ }).first()
    const name = row.locator('p button').first()
    const menu = row.getByRole('button', { name: 'More' })
    const press = (button: typeof name) => async () => {
      await row.focus()
      await row.hover()
      await button.focus()
      await tab.page.keyboard.press('Enter')
    }
    const all: Opening[] = [
      { name: 'emoji', event: 'keydown', shows: '[role=gridcell]', open: keys('+') },
      { name: 'profile', event: 'keydown', shows: '[role=dialog]', open: press(name) },
      { name: 'menu', event: 'keydown', shows: '[role=menuitem]', open: press(menu) },
      { name: 'picture', event: 'keydown', shows: '[role=dialog] img', open: press(picture) },
    ]
    const problems: string[] = []
    const times: Part[] = []
    for (const { name: what, event, shows, open } of all) {
      const found: number[] = []
      for (let run = 0; run <= rig.runs; run++) {
        await tab.ask(`globalThis.at = 0; addEventListener('${event}', (it) => { at = it.timeStamp }, true)`)
        const shown = tab.until(`document.querySelector('${shows}')?.checkVisibility()`, 10_000)
        await open()
        const painted = await shown.catch(() => Number.NaN)
        if (Number.isNaN(painted)) {
          problems.push(`${what} does not open`)
          break
        }
        // The first opening may load code.
        if (run > 0) found.push(painted - (await tab.ask<number>('at')))
        await tab.page.keyboard.press('Escape')
        await tab.until(`document.querySelector('${shows}') === null`, 5000)
        const isBack = `${rowOf(post.id)}.contains(document.activeElement)`
        await tab.until(isBack, 3000).catch(() => problems.push(`${what}: the focus does not return`))
      }
      if (found.length > 0)
        times.push({ name: what, value: p95(found), limit: 100 * rig.slowness, unit: 'ms' })
    }
    await tab.close()
    return joined(parts(times), none([...new Set(problems)], ''))
  },
}

const searching: Check = {
  number: 28,
  what: 'search with from:, in:, before:, after:, on:, a phrase, -word and umlauts; a hit leads to its place',
  wanted: 'the right hits; LAN ≤ 300 ms, p95',
  async run(rig) {
    const [here, there] = [rig.data.places[3], rig.data.places[4]] as [Place, Place]
    const word = `zebra${Date.now().toString(36)}`
    const [ana, bo] = rig.data.authors as [string, string]
    const say = async (by: string, place: Place, message: string) =>
      await (await rig.as(by)).call(posts.create, { body: { channel_id: place.id, message } })
    await say(ana, here, `${word} die Prüfung beginnt`)
    await say(bo, there, `${word} zweite Messung`)
    await say(bo, here, `Messung ${word} ist die zweite`)
    const day = (shift: number) => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10)
    const queries: [string, number][] = [
      [word, 3],
      [`${word} from:${ana}`, 1],
      [`${word} in:${there.name}`, 1],
      [`${word} before:${day(-1)}`, 0],
      [`${word} after:${day(-2)}`, 3],
      [`${word} on:${day(0)}`, 3],
      [`"zweite Messung" ${word}`, 1],
      [`${word} -zweite`, 1],
      [`${word} pruefung`, 1],
    ]
    const tab = await openChat(rig, rig.data.busiest, { network: 'lan' })
    await tab.page.keyboard.press('Control+Shift+F')
    const pane = tab.page.getByRole('complementary', { name: 'Search' })
    const field = pane.getByRole('combobox')
    const problems: string[] = []
    const times: number[] = []
    const hits = `document.querySelectorAll('aside [data-post], aside article').length`
    for (const [query, count] of queries) {
      await field.fill(query)
      // Earlier hits are gone when the query changes, or are marked as old: an empty search goes between.
      const answered = tab.page.waitForResponse(/\/posts\/search/)
      const took = tab.timed('keydown', `${hits} === ${count}`, () => field.press('Enter'))
      await answered.catch(() => undefined)
      const ms = await took.catch(() => Number.NaN)
      if (Number.isNaN(ms)) problems.push(`${query}: ${await tab.ask(hits)} hits instead of ${count}`)
      else if (count > 0) times.push(ms)
    }
    await pane
      .getByRole('button', { name: /show there/ })
      .first()
      .click()
    const leads = `bar.shows(document.activeElement?.dataset.post)`
    await tab.until(leads, 10_000).catch(() => problems.push('a hit does not lead to its message'))
    await tab.close()
    const part = { name: 'first hits', value: p95(times), limit: 300 * rig.slowness, unit: 'ms' }
    return joined(parts([part]), none(problems, ''))
  },
}

export const acting: Check[] = [optimistic, openings, searching]
