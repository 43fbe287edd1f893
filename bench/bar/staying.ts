/** D and E: several tabs, a new version while a page is open, and the first minutes of a new person. */
import { setTimeout as sleep } from 'node:timers/promises'
import { channels, posts, teams, users } from '@plausch/wire'
import { slowWay } from '../../e2e/slow-way.ts'
import { type Check, joined, none, parts } from './check.ts'
import { composerOf, openChat, pathOf, type Rig } from './rig.ts'

type Place = Rig['data']['busiest']

const newVersion: Check = {
  number: 35,
  what: 'a new version while the page is open: offered, not forced; the old one works on; nothing is lost',
  wanted: 'as described',
  async run(rig) {
    const way = await slowWay(rig.url)
    const place = rig.data.places[6] as Place
    const tab = await openChat(rig, place, { origin: way.url })
    const { page } = tab
    const problems: string[] = []
    try {
      // Only a page that came from the worker hears of the next one.
      await tab.ask('navigator.serviceWorker.ready.then(() => true)')
      await page.reload()
      await composerOf(tab).waitFor()
      await tab.ask('globalThis.wasHere = true')
      way.isNewVersion = true
      await tab.ask('navigator.serviceWorker.ready.then((found) => found.update()).then(() => true)')
      const offer = page.getByRole('button', { name: 'Reload' })
      await offer.waitFor().catch(() => problems.push('it is not offered'))
      const text = `läuft weiter ${Date.now()}`
      await composerOf(tab).fill(text)
      await composerOf(tab).press('Enter')
      const isSent = `[...document.querySelectorAll('[data-post]')].some((row) => row.textContent.includes('${text}'))`
      await tab.until(isSent, 15_000).catch(() => problems.push('the old version does not work on'))
      // Code that was not loaded before must still be there.
      await page.keyboard.press('Control+/')
      await page
        .getByRole('dialog')
        .waitFor()
        .catch(() => problems.push('code of the old version is gone'))
      await page.keyboard.press('Escape')
      if (!(await tab.ask<boolean>('globalThis.wasHere === true'))) problems.push('the page was reloaded')
      await composerOf(tab).fill('noch nicht gesendet')
      await Promise.all([page.waitForEvent('load'), offer.click()])
      await composerOf(tab).waitFor()
      const holds = `document.querySelector('[data-composer] textarea').value === 'noch nicht gesendet'`
      await tab.until(holds, 15_000).catch(() => problems.push('the text is lost by the reload'))
      await composerOf(tab).fill('')
    } finally {
      await tab.close()
      await way.stop()
    }
    return none(problems, 'offered, works on, reloaded')
  },
}

const watch = `(() => {
  globalThis.rung = 0
  globalThis.told = []
  const Original = Notification
  globalThis.Notification = class extends Original {
    constructor(title, options) {
      super(title, options)
      told.push(options?.body ?? '')
    }
  }
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (...at) {
    rung += 1
    return start.apply(this, at)
  }
})()`

/** One ring is two notes. */
const NOTES = 2

const twoTabs: Check = {
  number: 36,
  what: 'two tabs: one notification and one sound per message; signing out ends both, and wipes the device',
  wanted: 'exact',
  async run(rig) {
    const who = rig.data.authors[11] ?? ''
    const place = rig.data.places[7] as Place
    const tab = await rig.open('', { as: who })
    const problems: string[] = []
    await tab.context.grantPermissions(['notifications'], { origin: rig.url })
    await tab.context.addInitScript(watch)
    const pages = [tab.page, await tab.context.newPage()]
    for (const page of pages) {
      await page.goto(pathOf(place))
      await page.locator('[data-composer] textarea').waitFor()
    }
    // What rings is loaded after the first paint. Browsers let a page make sounds after a key.
    await sleep(3000)
    for (const page of pages) await page.keyboard.press('Shift')
    await sleep(2000)
    const [writer, reader] = [await rig.as(rig.data.authors[2]), await rig.as(who)]
    const [from, to] = await Promise.all(
      [writer, reader].map((api) => api.call(users.get, { params: { user_id: 'me' } })),
    )
    const talk = await writer.call(channels.createDirect, { body: [from?.id ?? '', to?.id ?? ''] })
    const message = `Hast du Zeit ${Date.now()}`
    await writer.call(posts.create, { body: { channel_id: talk.id, message } })
    const all = async () => {
      const found = await Promise.all(
        pages.map((page) => page.evaluate<{ rung: number; told: string[] }>('({ rung, told })')),
      )
      return { told: found.flatMap(({ told }) => told), rung: found.reduce((sum, it) => sum + it.rung, 0) }
    }
    const end = performance.now() + 15_000
    while ((await all()).told.length === 0 && performance.now() < end) await sleep(100)
    await sleep(1500)
    const { told, rung } = await all()
    if (told.length !== 1 || !told[0]?.includes(message)) problems.push(`${told.length} notifications`)
    if (rung !== NOTES) problems.push(`${rung / NOTES} sounds`)

    const [first, second] = pages as [typeof tab.page, typeof tab.page]
    await first.getByRole('button', { name: /Your account/ }).click()
    await first.getByRole('menuitem', { name: 'Sign out' }).click()
    for (const page of [first, second])
      await page
        .getByLabel('E-mail or username')
        .waitFor()
        .catch(() => problems.push('a tab is still signed in'))
    const left = `(async () => (await indexedDB.databases()).length +
      (await caches.keys()).filter((name) => name.startsWith('plausch-content')).length + sessionStorage.length)()`
    const wiped = performance.now() + 10_000
    while ((await first.evaluate<number>(left)) > 0 && performance.now() < wiped) await sleep(100)
    for (const page of pages)
      if ((await page.evaluate<number>(left)) > 0) problems.push('something is left on the device')
    await tab.close()
    return none(problems, 'one notification, one sound, signed out')
  },
}

/** People read, and type about four letters a second. */
const LETTER_MS = 120
const LOOK_MS = 2000

const firstRun: Check = {
  number: 43,
  what: 'a new person: from the link of an invitation to their first message; from the sign-in page to reading',
  wanted: '≤ 4 screens, ≤ 60 s; ≤ 2 presses; the language can be chosen before',
  async run(rig) {
    const admin = await rig.as('root')
    const team = await admin.call(teams.get, { params: { team_id: rig.data.teamId } })
    const tab = await rig.open(`/signup_user_complete/?id=${team.invite_id}`, { signedOut: true })
    const { page } = tab
    const problems: string[] = []
    const name = `neu${Date.now().toString(36)}`
    const began = performance.now()
    await page
      .getByRole('button', { name: 'Deutsch' })
      .waitFor()
      .catch(() => problems.push('no choice of the language'))
    for (const [label, text] of [
      ['Your name', 'Neue Person'],
      ['E-mail', `${name}@example.org`],
      ['Username', name],
      ['Password', 'ein langes Passwort'],
    ] as const) {
      await sleep(LOOK_MS)
      const field = page.getByLabel(label, { exact: label === 'Password' })
      await field.fill('')
      await field.pressSequentially(text, { delay: LETTER_MS })
    }
    await page.keyboard.press('Enter')
    // No page between: whoever is in the team can write.
    await composerOf(tab).waitFor()
    await sleep(LOOK_MS)
    if ((await page.getByRole('dialog').count()) > 0) problems.push('a dialog is in the way')
    await composerOf(tab).click()
    await composerOf(tab).pressSequentially('Guten Tag!', { delay: LETTER_MS })
    await page.keyboard.press('Enter')
    await page.getByRole('main').getByText('Guten Tag!').first().waitFor()
    const seconds = (performance.now() - began) / 1000
    await tab.close()

    const entry = await rig.open('/login', { signedOut: true })
    let presses = 0
    await entry.page.getByLabel('E-mail or username').fill(name)
    await entry.page.getByLabel('Password', { exact: true }).fill('ein langes Passwort')
    await entry.page.getByRole('button', { name: 'Sign in' }).click()
    presses += 1
    await entry
      .until('bar.showsMessages()', 20_000)
      .catch(() => problems.push('no messages after signing in'))
    await entry.close()
    return joined(
      parts([
        { name: 'to the first message', value: seconds, limit: 60 * rig.slowness, unit: 's' },
        { name: 'presses to reading', value: presses, limit: 2 },
      ]),
      none(problems, ''),
    )
  },
}

export const staying: Check[] = [newVersion, twoTabs, firstRun]
