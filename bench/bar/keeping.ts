/** D. Never lose anything: what people wrote, attached and did while something went wrong. */
import { setTimeout as sleep } from 'node:timers/promises'
import { drafts, posts, reactions } from '@plausch/wire'
import { type Check, joined, none, parts } from './check.ts'
import { PASSWORD } from './data.ts'
import { composerOf, linkTo, openChat, pathOf, type Rig, type Tab } from './rig.ts'

type Place = Rig['data']['busiest']

const fileOf = (name: string, text = 'x') => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
const attach = ({ page }: Tab, files: ReturnType<typeof fileOf>[]) =>
  page.locator('main input[type=file]').first().setInputFiles(files)
const attached = ({ page }: Tab) => page.getByRole('list', { name: 'Attached files' })
const holds = (text: string) =>
  `[...document.querySelectorAll('main [data-composer] textarea')].some((each) => each.value === '${text}')`

const kept: Check = {
  number: 29,
  what: 'drafts with files, also of threads: after a reload, a crash, the end of a session, on a second device',
  wanted: 'on the server ≤ 500 ms after the last key; equal',
  async run(rig) {
    const who = rig.data.authors[10] ?? ''
    const place = rig.data.places[7] as Place
    const [api, problems] = [await rig.as(who), [] as string[]]
    const text = `angefangen ${Date.now()}`
    const tab = await openChat(rig, place, { as: who })
    const expectIn = (on: Tab, condition: string, problem: string) =>
      on.until(condition, 15_000).catch(() => problems.push(problem))
    await attach(tab, [fileOf('draft.txt')])
    await attached(tab).getByText('draft.txt').waitFor()
    await sleep(1500)
    await composerOf(tab).focus()
    const saved = tab.page.waitForRequest(/\/api\/v4\/drafts$/)
    await tab.page.keyboard.type(text)
    const typed = performance.now()
    await saved.catch(() => problems.push('it is not saved'))
    const wait = performance.now() - typed
    await expectIn(tab, holds(text), 'the text is not in the field')
    await tab.page.reload({ waitUntil: 'commit' })
    await expectIn(tab, holds(text), 'lost by a reload')
    await attached(tab)
      .getByText('draft.txt')
      .waitFor({ timeout: 10_000 })
      .catch(() => problems.push('the file is lost by a reload'))
    const all = await api.call(drafts.list, { params: { user_id: 'me', team_id: rig.data.teamId } })
    if (!all.some(({ message, file_ids }) => message === text && file_ids?.length === 1))
      problems.push('the server has another draft')

    const device = await openChat(rig, place, { as: who, phone: true })
    await expectIn(device, holds(text), 'not on a second device')
    await device.close()

    // In the same browser, because a crashed page cannot be used any more.
    await tab.page.keyboard.press('End')
    await composerOf(tab).press('!')
    await sleep(1000 * rig.slowness)
    const crash = tab.page.waitForEvent('crash', { timeout: 10_000 })
    tab.cdp.send('Page.crash').catch(() => undefined)
    await crash.catch(() => problems.push('the page does not crash'))
    const next = { ...tab, page: await tab.context.newPage() }
    const value = () =>
      composerOf(next)
        .inputValue({ timeout: 15_000 })
        .catch(() => '')
    await next.page.goto(pathOf(place))
    await composerOf(next).waitFor()
    await sleep(1000)
    if (!(await value()).includes(text)) problems.push('lost by a crash')

    const headers = { 'X-Requested-With': 'XMLHttpRequest' }
    await tab.context.request.post(`${rig.url}/api/v4/users/logout`, { headers })
    await next.page.reload()
    await next.page.getByLabel('E-mail or username').waitFor()
    await next.page.getByLabel('E-mail or username').fill(who)
    await next.page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await next.page.keyboard.press('Enter')
    await composerOf(next).waitFor()
    await next.page.goto(pathOf(place))
    await composerOf(next).waitFor()
    await sleep(1000)
    if (!(await value()).includes(text)) problems.push('lost by the end of the session')

    const root = await api.call(posts.create, { body: { channel_id: place.id, message: 'Wurzel' } })
    await next.page.locator(`[data-messages] [data-post="${root.id}"]`).focus()
    await next.page.keyboard.press('r')
    const reply = next.page.locator('aside textarea').last()
    await reply.waitFor()
    await reply.fill('Antwort, angefangen')
    await sleep(1500)
    await next.page.reload()
    await next.page.locator(`[data-messages] [data-post="${root.id}"]`).focus()
    if ((await reply.count()) === 0) await next.page.keyboard.press('r')
    await reply.waitFor()
    await sleep(1000)
    if ((await reply.inputValue()) !== 'Antwort, angefangen') problems.push('the draft of a thread is lost')
    await tab.close()
    const part = { name: 'asked to save after', value: wait, limit: 500 * rig.slowness, unit: 'ms' }
    return joined(parts([part]), none(problems, ''))
  },
}

const offline: Check = {
  number: 31,
  what: 'offline: known channels can be read; 5 messages, 2 reactions and an edit wait, and are sent once',
  wanted: 'in order, ≤ 3 s after `online`; what failed can be tried again or discarded',
  async run(rig) {
    const [place, known] = [rig.data.places[3], rig.data.places[4]] as [Place, Place]
    const [me, writer] = [await rig.as(), await rig.as(rig.data.authors[0])]
    const say = (api: typeof me, message: string) =>
      api.call(posts.create, { body: { channel_id: place.id, message } })
    const theirs = [await say(writer, 'eins'), await say(writer, 'zwei')]
    for (const { id, user_id } of theirs)
      await writer.call(reactions.save, { body: { user_id, post_id: id, emoji_name: 'tada' } })
    const mine = await say(me, 'noch alt')
    const problems: string[] = []
    const tab = await openChat(rig, known)
    await linkTo(tab, place).click()
    await tab.until(`bar.shows('${mine.id}')`, 10_000)
    // From then on the program is on the device.
    await tab.ask('navigator.serviceWorker.ready.then(() => true)')
    await tab.context.setOffline(true)
    await linkTo(tab, known).click()
    const isThere = `location.pathname === '${pathOf(known)}' && bar.showsMessages()`
    await tab.until(isThere, 10_000).catch(() => problems.push('a known channel cannot be read'))
    await linkTo(tab, place).click()
    await tab.until(`bar.shows('${mine.id}')`, 10_000)
    for (const { id } of theirs) await tab.page.locator(`[data-post="${id}"] [aria-pressed]`).first().click()
    await composerOf(tab).focus()
    await tab.page.keyboard.press('ArrowUp')
    const editor = tab.page.getByLabel('Edit message')
    await editor.fill('nun neu')
    await editor.press('Enter')
    const texts = Array.from({ length: 5 }, (_, n) => `ohne Netz ${n} ${mine.id}`)
    for (const text of texts) {
      await composerOf(tab).fill(text)
      await composerOf(tab).press('Enter')
    }
    // The bar wants ten minutes; what the client does is the same after some seconds.
    await sleep(rig.isShort ? 5000 : 60_000)
    const began = performance.now()
    await tab.context.setOffline(false)
    const sent = async () => {
      const { order, posts: all } = await me.call(posts.listInChannel, { params: { channel_id: place.id } })
      return order.map((id) => all[id]?.message ?? '').reverse()
    }
    const isSent = async () => (await sent()).includes(texts[4] ?? '')
    while (!(await isSent()) && performance.now() - began < 60_000) await sleep(50)
    const took = (performance.now() - began) / 1000
    await sleep(2000)
    const found = (await sent()).filter((text) => texts.includes(text))
    if (found.join() !== texts.join()) problems.push(`sent ${found.length} of 5, or in another order`)
    if (!(await sent()).includes('nun neu')) problems.push('the edit is lost')
    for (const { id } of theirs)
      if ((await me.call(reactions.list, { params: { post_id: id } })).length !== 2)
        problems.push('a reaction is lost')
    await tab.page.route('**/api/v4/posts', (route) =>
      route.fulfill({ status: 400, json: { id: 'bar.refused', message: 'Nein', status_code: 400 } }),
    )
    await composerOf(tab).fill('scheitert')
    await composerOf(tab).press('Enter')
    for (const name of ['Try again', 'Discard'])
      await tab.page
        .getByRole('main')
        .getByRole('button', { name })
        .waitFor({ timeout: 5000 })
        .catch(() => problems.push(`no "${name}"`))
    await tab.close()
    const part = { name: 'sent after', value: took, limit: 3 * rig.slowness, unit: 's' }
    return joined(parts([part]), none(problems, ''))
  },
}

const LARGE = 20_000_000

const uploads: Check = {
  number: 34,
  what: 'uploads: progress, cancelling, a cut network, 10 files, a pasted picture, a dropped file, one too large',
  wanted: 'as described; the text is never lost',
  isDeterministic: true,
  async run(rig) {
    const tab = await openChat(rig, rig.data.places[5] as Place)
    await composerOf(tab).fill('mit Anhang')
    const problems: string[] = []
    const list = attached(tab)
    const count = () => list.getByRole('listitem').count()
    const becomes = async (wanted: number, problem: string) => {
      const end = performance.now() + 60_000
      while ((await count()) !== wanted && performance.now() < end) await sleep(50)
      if ((await count()) !== wanted) problems.push(`${problem}: ${await count()} files`)
    }
    const remove = async () => {
      while ((await count()) > 0)
        await list
          .getByRole('button', { name: /^(?:Remove|Cancel)/ })
          .first()
          .press('Enter')
    }
    const give = (type: 'paste' | 'drop', name: string, mime: string, size: number) =>
      tab.ask(`{
        const files = new DataTransfer()
        files.items.add(new File([new Uint8Array(${size}).fill(120)], '${name}', { type: '${mime}' }))
        if ('${type}' === 'paste')
          document.querySelector('[data-composer] textarea').dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: files, bubbles: true, cancelable: true }))
        else for (const type of ['dragenter', 'dragover', 'drop'])
          document.querySelector('[data-messages]').dispatchEvent(
            new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }))
      }`)
    await give('paste', 'image.png', 'image/png', 500)
    await becomes(1, 'a pasted picture')
    await give('drop', 'protokoll.txt', 'text/plain', 5)
    await becomes(2, 'a dropped file')
    await remove()
    await attach(
      tab,
      Array.from({ length: 11 }, (_, n) => fileOf(`${n}.txt`)),
    )
    await becomes(10, 'eleven files')
    await remove()

    let cuts = 0
    await tab.page.route('**/api/v4/uploads/*', async (route) => {
      if (route.request().method() !== 'POST' || cuts++ !== 1) return await route.continue()
      await route.abort('connectionfailed')
    })
    await give('drop', 'gross.bin', 'application/octet-stream', LARGE)
    const bar = list.getByRole('progressbar')
    await bar.waitFor({ timeout: 20_000 }).catch(() => problems.push('no progress is shown'))
    await bar.waitFor({ state: 'detached', timeout: 60_000 }).catch(() => problems.push('it never ends'))
    if (cuts < 2 || (await list.getByText('Not uploaded').count()) > 0)
      problems.push('it does not continue after a cut')
    await remove()
    await tab.page.unroute('**/api/v4/uploads/*')
    await tab.page.route('**/api/v4/uploads/*', () => undefined)
    await give('drop', 'halb.bin', 'application/octet-stream', LARGE)
    await bar.waitFor({ timeout: 20_000 }).catch(() => undefined)
    await remove()
    await becomes(0, 'cancelled')

    let asked = 0
    tab.page.on('request', (request) => {
      if (/\/api\/v4\/(?:files|uploads)/.test(request.url())) asked++
    })
    await give('drop', 'zu-gross.bin', 'application/octet-stream', 120_000_000)
    await tab.page
      .getByText(/zu-gross\.bin is (?:too large|larger)/)
      .last()
      .waitFor({ timeout: 10_000 })
      .catch(() => problems.push('nothing says that it is too large'))
    if (asked > 0) problems.push('a file that is too large is sent')
    if ((await composerOf(tab).inputValue()) !== 'mit Anhang') problems.push('the text is lost')
    await composerOf(tab).fill('')
    await tab.close()
    return none(problems, 'seven ways')
  },
}

export const keeping: Check[] = [kept, offline, uploads]
