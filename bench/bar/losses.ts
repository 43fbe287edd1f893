/** D. Never lose anything. */
import { setTimeout as sleep } from 'node:timers/promises'
import { retryDelay } from '@plausch/client'
import { posts, reactions, users } from '@plausch/wire'
import { type Check, none, parts } from './check.ts'
import { as } from './data.ts'
import { openChat, type Rig, type Tab } from './rig.ts'

type Place = Rig['data']['busiest']

/** The texts of a channel's messages as the page shows them, and as the server has them. */
const compare = async (rig: Rig, tab: Tab, place: Place): Promise<string[]> => {
  const api = await as(rig.url, rig.data.tester)
  const list = await api.call(posts.listInChannel, {
    params: { channel_id: place.id },
    query: { per_page: 60 },
  })
  const wanted = list.order.filter((id) => list.posts[id]?.type === '').reverse()
  const shown = await tab.ask<string[]>(
    `[...document.querySelectorAll('[data-messages] [data-post]')].map((row) => row.dataset.post)`,
  )
  const known = shown.filter((id) => wanted.includes(id))
  const missing = wanted.slice(-40).filter((id) => !shown.includes(id))
  const problems: string[] = []
  if (missing.length > 0) problems.push(`${missing.length} missing`)
  if (new Set(shown).size !== shown.length) problems.push('duplicates')
  if (known.join() !== wanted.filter((id) => known.includes(id)).join()) problems.push('wrong order')
  return problems
}

const restarted: Check = {
  number: 30,
  what: 'the server restarts: notice, reconnection, and everything that happened meanwhile',
  wanted: 'back ≤ 3 s; 0 missing, twice or in wrong order; no reload',
  async run(rig) {
    if (!rig.restart) return { notMeasured: 'this server cannot be restarted' }
    const place = rig.data.places[5] as Place
    const tab = await openChat(rig, place)
    await tab.ask('globalThis.wasHere = true')
    const writer = await rig.as(rig.data.authors[0])
    const say = (message: string, by = writer) =>
      by.call(posts.create, { body: { channel_id: place.id, message } })
    const old = [await say('alt 0'), await say('alt 1'), await say('alt 2'), await say('alt 3')]
    await tab.until(`bar.shows('${old[3]?.id}')`, 8000)
    const problems: string[] = []
    const { up } = await rig.restart()
    await tab.page
      .getByText(/Reconnecting|Verbindung|Offline/i)
      .first()
      .waitFor({ timeout: 10_000 })
      .catch(() => problems.push('no notice'))
    await up()
    const upAt = performance.now()
    const again = await as(rig.url, rig.data.authors[0] ?? '')
    const me = await again.call(users.get, { params: { user_id: 'me' } })
    for (let n = 0; n < 50; n++) await say(`inzwischen ${n}`, again)
    const [a, b, c] = old.map(({ id }) => ({ post_id: id })) as [Id, Id, Id]
    await again.call(posts.patch, { params: a, body: { message: 'geändert' } })
    await again.call(posts.remove, { params: b })
    await again.call(reactions.save, { body: { user_id: me.id, ...c, emoji_name: 'tada' } })
    const last = await say('das letzte', again)
    await tab
      .until(`document.querySelector('[data-post="${last.id}"]') !== null`, 30_000)
      .catch(() => problems.push('the last message never comes'))
    const back = (performance.now() - upAt) / 1000
    await sleep(1500)
    problems.push(...(await compare(rig, tab, place)))
    const text = await tab.ask<string>(`document.querySelector('[data-messages]').textContent`)
    if (!text.includes('geändert')) problems.push('the edit is missing')
    if (text.includes('alt 1')) problems.push('the deleted message is shown')
    if (!(await tab.ask<boolean>('globalThis.wasHere === true'))) problems.push('the page was reloaded')
    await tab.close()
    return none(problems, `back and complete after ${back.toFixed(1)} s, with 54 calls in between`)
  },
}
type Id = { post_id: string }

const silent: Check = {
  number: 32,
  what: 'a connection that says nothing any more, and a computer that slept',
  wanted: 'noticed ≤ 40 s, or at once on focus or `online`; catches up',
  async run(rig) {
    const place = rig.data.places[6] as Place
    const tab = await rig.open('')
    // Connections that were opened before stay silent; those that are opened later work.
    let opened = 0
    let silent = 0
    await tab.page.routeWebSocket(/\/websocket/, (socket) => {
      const mine = ++opened
      const server = socket.connectToServer()
      socket.onMessage((message) => {
        if (mine > silent) server.send(message)
      })
      server.onMessage((message) => {
        if (mine > silent) socket.send(message)
      })
    })
    await tab.page.goto(`/lab/channels/${place.name}`, { waitUntil: 'commit' })
    await tab.until('bar.paint > 0', 30_000)
    await sleep(1500)
    const writer = await rig.as(rig.data.authors[0])
    const hear = async (name: string, act: () => Promise<unknown>, limit: number) => {
      silent = opened
      const post = await writer.call(posts.create, { body: { channel_id: place.id, message: name } })
      await sleep(1000)
      const began = performance.now()
      await act()
      const came = await tab
        .until(`document.querySelector('[data-post="${post.id}"]') !== null`, limit * 1000 + 20_000)
        .then(
          () => true,
          () => false,
        )
      return { name, value: came ? (performance.now() - began) / 1000 : 999, limit, unit: 's' }
    }
    const all = [
      await hear('on focus', () => tab.ask(`dispatchEvent(new Event('focus'))`), 12 * rig.slowness),
      ...(rig.isShort ? [] : [await hear('by itself', async () => undefined, 40 * rig.slowness)]),
    ]
    await tab.close()
    return parts(all)
  },
}

const storm: Check = {
  number: 33,
  what: '500 clients lose their connection at once: when they come back (computed from the client’s own rule)',
  wanted: 'spread by chance; nobody after 30 s',
  async run() {
    const first = Array.from({ length: 500 }, () => retryDelay(0))
    const late = Array.from({ length: 500 }, () => retryDelay(12))
    const perTenth = new Map<number, number>()
    for (const ms of first) perTenth.set(Math.floor(ms / 100), (perTenth.get(Math.floor(ms / 100)) ?? 0) + 1)
    return parts([
      { name: 'longest wait', value: Math.max(...late) / 1000, limit: 30, unit: 's' },
      {
        name: 'most in a tenth of a second, of the first tries',
        value: Math.max(...perTenth.values()),
        limit: 250,
      },
    ])
  },
}

export const losses: Check[] = [restarted, silent, storm]
