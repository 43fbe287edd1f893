/** C. Reading position and unread truth. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from '@plausch/client'
import { channels, type Post, posts, reactions, unreads, users } from '@plausch/wire'
import { type Check, none, parts } from './check.ts'
import { composerOf, linkTo, openChat, pathOf, type Rig, type Tab } from './rig.ts'

type Place = Rig['data']['busiest']

const writeIn = async (rig: Rig, place: Place, message: string, at = 0): Promise<Post> =>
  await (await rig.as(rig.data.authors[at])).call(posts.create, { body: { channel_id: place.id, message } })

/** The place of the row in the middle of the view. */
const middle = `(() => {
  const list = document.querySelector('[data-messages]').getBoundingClientRect()
  const rows = [...document.querySelectorAll('[data-messages] [data-post]')]
  const y = list.top + list.height / 2
  const row = rows.find((each) => each.getBoundingClientRect().bottom > y)
  return { id: row.dataset.post, top: row.getBoundingClientRect().top }
})()`
type Spot = { id: string; top: number }
const topOf = (tab: Tab, id: string): Promise<number> =>
  tab.ask(`document.querySelector('[data-messages] [data-post="${id}"]')?.getBoundingClientRect().top ?? NaN`)

/** Scrolls up until several pages of history are loaded, and waits until nothing moves. */
const scrollUp = async (tab: Tab, times: number) => {
  await tab.page.locator('[data-messages]').hover()
  for (let n = 0; n < times; n++) {
    await tab.page.mouse.wheel(0, -700)
    await sleep(80)
  }
  await sleep(800)
}

const scrollTop = `document.querySelector('[data-messages]').scrollTop`

const anchored: Check = {
  number: 21,
  what: 'a reader in the history is not moved by anything',
  wanted: '≤ 1 px each',
  isDeterministic: true,
  async run(rig) {
    const place = rig.data.busiest
    const tab = await openChat(rig, place)
    await scrollUp(tab, 6)
    const writer = await rig.as(rig.data.authors[0])
    const first = await tab.ask<string>(`document.querySelector('[data-messages] [data-post]').dataset.post`)
    const user_id = (await writer.call(users.get, { params: { user_id: 'me' } })).id
    const moved = async (name: string, act: () => Promise<unknown>) => {
      const { id, top } = await tab.ask<Spot>(middle)
      await act()
      await sleep(1200)
      return { name, value: Math.abs((await topOf(tab, id)) - top), limit: 1, unit: 'px' }
    }
    const own = await writeIn(rig, place, 'oben')
    const all = [
      await moved('new message', () => writeIn(rig, place, 'neu\n\n'.repeat(8))),
      await moved('edit', () =>
        writer.call(posts.patch, { params: { post_id: own.id }, body: { message: 'länger\n\n'.repeat(9) } }),
      ),
      await moved('reaction above', () =>
        writer.call(reactions.save, { body: { user_id, post_id: first, emoji_name: 'rocket' } }),
      ),
      await moved('deletion', () => writer.call(posts.remove, { params: { post_id: own.id } })),
      await moved('field of 8 lines', async () => {
        await composerOf(tab).fill('Zeile\n'.repeat(8))
      }),
      await moved('field empty again', async () => {
        await composerOf(tab).fill('')
      }),
    ]
    await tab.close()
    return parts(all)
  },
}

const prepend = async (rig: Rig): Promise<number> => {
  const tab = await openChat(rig, rig.data.busiest)
  const worst = await tab.ask<number>(`(async () => {
    const list = document.querySelector('[data-messages]')
    let worst = 0
    for (let page = 0; page < 3; page++) {
      const first = list.querySelector('[data-post]').dataset.post
      list.scrollTop = 250
      await bar.painted()
      const row = [...list.querySelectorAll('[data-post]')].find((each) => each.getBoundingClientRect().top > list.getBoundingClientRect().top)
      const top = row.getBoundingClientRect().top
      await bar.until(() => list.querySelector('[data-post]').dataset.post !== first, 15000).catch(() => undefined)
      await bar.painted()
      await bar.painted()
      worst = Math.max(worst, Math.abs(row.getBoundingClientRect().top - top))
    }
    return worst
  })()`)
  await tab.close()
  return worst
}

const withPrepend: Check = {
  ...anchored,
  async run(rig) {
    const found = await anchored.run(rig)
    const worst = parts([{ name: 'older messages above', value: await prepend(rig), limit: 1, unit: 'px' }])
    if ('notMeasured' in found || 'notMeasured' in worst) return found
    const miss = [found.miss, worst.miss].filter((each) => each !== undefined).join('; ')
    return { measured: `${found.measured}, ${worst.measured}`, ...(miss === '' ? {} : { miss }) }
  },
}

const atTheEnd = `(() => {
  const list = document.querySelector('[data-messages]')
  return list.scrollHeight - list.scrollTop - list.clientHeight
})()`

const following: Check = {
  number: 22,
  what: 'at the end new messages follow; otherwise a control counts them',
  wanted: 'exact',
  isDeterministic: true,
  async run(rig) {
    const place = rig.data.places[2] as Place
    const tab = await openChat(rig, place)
    const problems: string[] = []
    await tab.until(`${atTheEnd} < 3`, 5000).catch(() => problems.push('it does not open at the end'))
    const followed = await writeIn(rig, place, 'folgt')
    await tab
      .until(`bar.shows('${followed.id}') && ${atTheEnd} < 3`, 5000)
      .catch(() => problems.push('at the end it does not follow'))
    await scrollUp(tab, 3)
    const top = await tab.ask<number>(scrollTop)
    for (let n = 0; n < 3; n++) await writeIn(rig, place, `ungesehen ${n}`, n + 1)
    const button = tab.page.getByRole('main').getByRole('button', { name: /\b3\b/ })
    await button
      .first()
      .waitFor({ timeout: 5000 })
      .catch(() => problems.push('no control says that 3 are new'))
    const jump = Math.abs((await tab.ask<number>(scrollTop)) - top)
    if (jump > 1) problems.push(`new messages moved the reader by ${jump} px`)
    await button
      .first()
      .click({ timeout: 3000 })
      .catch(() => undefined)
    await tab
      .until(`${atTheEnd} < 3`, 5000)
      .catch(() => problems.push('the control does not lead to the end'))
    await tab.close()
    return none(problems, 'follows, counts 3, leads to the end')
  },
}

const returning: Check = {
  number: 23,
  what: 'the place in the history is the same after another channel, and after a reload',
  wanted: '≤ 1 row',
  isDeterministic: true,
  async run(rig) {
    const tab = await openChat(rig, rig.data.busiest)
    await scrollUp(tab, 8)
    const spot = await tab.ask<Spot>(middle)
    const rowsAway = () =>
      tab.ask<number>(`(() => {
        const ids = [...document.querySelectorAll('[data-messages] [data-post]')].map((row) => row.dataset.post)
        const at = ids.indexOf('${spot.id}')
        return at < 0 ? 999 : Math.abs(ids.indexOf(${middle}.id) - at)
      })()`)
    await linkTo(tab, rig.data.places[0] as Place).click()
    await tab.until(
      `location.pathname === '${pathOf(rig.data.places[0] as Place)}' && bar.showsMessages()`,
      10_000,
    )
    await linkTo(tab, rig.data.busiest).click()
    await tab.until(`location.pathname === '${pathOf(rig.data.busiest)}' && bar.showsMessages()`, 10_000)
    await sleep(1000)
    const afterSwitch = await rowsAway()
    await tab.page.reload({ waitUntil: 'commit' })
    await tab.until('bar.paint > 0', 30_000)
    await sleep(1500)
    const afterReload = await rowsAway()
    await tab.close()
    return parts([
      { name: 'rows away after a switch', value: afterSwitch, limit: 1 },
      { name: 'after a reload', value: afterReload, limit: 1 },
    ])
  },
}

/** Makes so many unread messages; returns the first one. */
const leaveUnread = async (rig: Rig, place: Place, count: number): Promise<Post> => {
  const me = await rig.as()
  await me.call(unreads.markRead, { params: { user_id: 'me' }, body: [place.id] })
  const first = await writeIn(rig, place, 'erste ungelesene')
  for (let n = 1; n < count; n += 8)
    await Promise.all(
      Array.from({ length: Math.min(8, count - n) }, (_, k) => writeIn(rig, place, `danach ${n + k}`)),
    )
  return first
}

const unreadLine: Check = {
  number: 24,
  what: 'a channel with 3, 80 and 3,000 unread messages opens at the line before the first',
  wanted: 'the first unread one in view, below a line',
  isDeterministic: true,
  async run(rig) {
    const problems: string[] = []
    const counts = rig.isShort ? [3, 80] : [3, 80, 3000]
    for (const [n, count] of counts.entries()) {
      const place = rig.data.places[rig.data.size.deep + 2 + n] as Place
      const first = await leaveUnread(rig, place, count)
      const tab = await openChat(rig, place)
      await tab
        .until(`bar.shows('${first.id}')`, 8000)
        .catch(() => problems.push(`${count}: the first is not in view`))
      const hasLine = await tab.ask<boolean>(`(() => {
        const item = document.querySelector('[data-messages] [data-post="${first.id}"]')?.closest('li')
        const before = item?.previousElementSibling
        return /new|neu|ungelesen|unread/i.test(before?.innerText ?? '') || before?.querySelector('[role=separator]') != null
      })()`)
      if (!hasLine) problems.push(`${count}: no line above it`)
      await tab.close()
    }
    return none(problems, counts.join(', '))
  },
}

const unreadOf = async (api: Api, place: Place) => {
  const { msg_count, mention_count } = await api.call(unreads.ofChannel, {
    params: { user_id: 'me', channel_id: place.id },
  })
  return { messages: msg_count, mentions: mention_count }
}

/** What the sidebar says of a channel. */
const saidOf = (tab: Tab, { id }: Place) =>
  tab.ask<{ isUnread: boolean; mentions: number }>(`(() => {
    const row = document.querySelector('[data-channel="${id}"]')
    const count = [...(row?.querySelectorAll('*') ?? [])].map((each) => each.textContent.trim()).find((text) => /^[0-9]+\\+?$/.test(text))
    return { isUnread: row?.matches('[data-unread]') ?? false, mentions: Number.parseInt(count ?? '0', 10) }
  })()`)

const unreadTruth: Check = {
  number: 25,
  what: 'unread marks of the sidebar and title equal the server’s, in two windows',
  wanted: 'equal within 1 s',
  async run(rig) {
    const place = rig.data.places[3] as Place
    const me = await rig.as()
    await me.call(unreads.markRead, { params: { user_id: 'me' }, body: [place.id] })
    const [a, b] = [await openChat(rig, rig.data.busiest), await openChat(rig, rig.data.busiest)]
    const problems: string[] = []
    const compare = async (after: string) => {
      await sleep(1000 * Math.min(4, rig.slowness))
      const { messages, mentions } = await unreadOf(me, place)
      for (const [name, tab] of [
        ['first', a],
        ['second', b],
      ] as const) {
        const said = await saidOf(tab, place)
        if (said.isUnread !== messages > 0 || said.mentions !== mentions)
          problems.push(`${after}, ${name} window: ${JSON.stringify(said)}, server ${messages}/${mentions}`)
        const title = await tab.page.title()
        if (mentions > 0 && !/\d/.test(title)) problems.push(`${after}: the title is "${title}"`)
      }
    }
    await writeIn(rig, place, 'eine')
    await compare('a message')
    const mention = await writeIn(rig, place, '@tess zwei')
    await compare('a mention')
    await linkTo(a, place).click()
    await a.until(`bar.shows('${mention.id}')`, 8000)
    await compare('read in one window')
    await linkTo(a, rig.data.busiest).click()
    await a.until(`location.pathname === '${pathOf(rig.data.busiest)}'`)
    await me.call(unreads.markUnread, {
      params: { user_id: 'me', post_id: mention.id },
      body: { collapsed_threads_supported: false },
    })
    await compare('marked as unread')
    await (await rig.as(rig.data.authors[0])).call(posts.remove, { params: { post_id: mention.id } })
    await compare('the mention was deleted')
    await a.close()
    await b.close()
    return none(problems, '5 steps')
  },
}

const notLooking: Check = {
  number: 26,
  what: 'nothing is marked as read while nobody looks',
  wanted: '0 calls',
  async run(rig) {
    const place = rig.data.places[4] as Place
    const tab = await openChat(rig, place)
    await sleep(2500)
    await tab.ask(`(() => {
      document.hasFocus = () => false
      dispatchEvent(new Event('blur'))
    })()`)
    let views = 0
    tab.page.on('request', (request) => {
      if (
        request.method() === 'POST' &&
        /\/members\/(?:me|[a-z0-9]{26})\/(?:view|mark_read)/.test(request.url())
      )
        views++
    })
    for (let n = 0; n < 5; n++) await writeIn(rig, place, `unbeobachtet ${n}`)
    await sleep(2500)
    const whileAway = views
    await tab.ask(`(() => {
      delete document.hasFocus
      dispatchEvent(new Event('focus'))
    })()`)
    await sleep(2500)
    await tab.close()
    return parts([
      { name: 'calls while away', value: whileAway, limit: 0 },
      { name: 'calls afterwards', value: views, limit: 1, atLeast: true },
    ])
  },
}

const permalinks: Check = {
  number: 27,
  what: 'links to an old message, to a reply, to a foreign channel and to a deleted message',
  wanted: 'the message in view and in focus; a sensible page for the last two',
  isDeterministic: true,
  async run(rig) {
    const problems: string[] = []
    const writer = await rig.as(rig.data.authors[0])
    const page = await writer.call(posts.listInChannel, {
      params: { channel_id: rig.data.busiest.id },
      query: { page: rig.isShort ? 2 : 100, per_page: 60 },
    })
    const old = page.order.find((id) => page.posts[id]?.type === '') ?? ''
    const thread = await writer.call(posts.thread, { params: { post_id: rig.data.threads[0] ?? '' } })
    const reply = Object.values(thread.posts).find(({ root_id }) => root_id !== '')?.id ?? ''
    for (const [name, id] of [
      ['old message', old],
      ['reply', reply],
    ] as const) {
      const tab = await rig.open(`/lab/pl/${id}`)
      const shows = `[...document.querySelectorAll('[data-post="${id}"]')].some((row) => { const { top, height } = row.getBoundingClientRect(); return height > 0 && top >= 0 && top < innerHeight })`
      await tab.until(shows, 15_000).catch(() => problems.push(`${name}: not in view`))
      await sleep(500)
      const focused = await tab.ask<string>(
        `document.activeElement?.closest('[data-post]')?.dataset.post ?? ''`,
      )
      if (focused !== id) problems.push(`${name}: the focus is elsewhere`)
      await tab.close()
    }
    const deleted = await writeIn(rig, rig.data.busiest, 'gleich weg')
    await writer.call(posts.remove, { params: { post_id: deleted.id } })
    const admin = await rig.as('root')
    const body = {
      team_id: rig.data.teamId,
      name: `privat-${Date.now()}`,
      display_name: 'Privat',
      type: 'P' as const,
    }
    const closed = await admin.call(channels.create, { body })
    const secret = await admin.call(posts.create, { body: { channel_id: closed.id, message: 'geheim' } })
    for (const [name, id] of [
      ['deleted message', deleted.id],
      ['private channel', secret.id],
    ] as const) {
      const tab = await rig.open(`/lab/pl/${id}`)
      const words = `(document.querySelector('main')?.innerText ?? '').trim().length > 10`
      await tab.until(words, 15_000).catch(() => problems.push(`${name}: an empty page`))
      const said = await tab.ask<string>(`document.querySelector('main')?.innerText ?? ''`)
      if (said.includes('geheim')) problems.push(`${name}: the text is shown`)
      await tab.close()
    }
    return none(problems, 'four links')
  },
}

export const position: Check[] = [
  withPrepend,
  following,
  returning,
  unreadLine,
  unreadTruth,
  notLooking,
  permalinks,
]
