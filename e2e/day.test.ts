/**
 * A day of two people who work together, each at a desk and with a phone, in English and in German: from the
 * first look in the morning to signing out. The tests build on each other.
 */
import { createApi } from '@plausch/client'
import type { TestServer } from '@plausch/testkit'
import { channels, members, onboarding, posts, sessions, settings, type Team, users } from '@plausch/wire'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, picture, serveClient } from './browser.ts'
import { type Seat, takeSeat } from './seat.ts'

const PASSWORD = 'ein langes Passwort'
const HOUR = 3_600_000

let server: TestServer
let browser: Browser
let team: Team
let ruth: Awaited<ReturnType<typeof join>>

/** Makes an account with a session. */
const join = async (username: string, first_name: string, last_name: string, iid = '') => {
  const { call } = createApi({ baseUrl: server.url })
  const body = { username, email: `${username}@example.org`, password: PASSWORD, first_name, last_name }
  const { id } = await call(onboarding.signUp, { query: { iid }, body })
  await call(sessions.login, { body: { login_id: username, password: PASSWORD } })
  return { id, username, password: PASSWORD, call }
}

beforeAll(async () => {
  server = await serveClient()
  browser = await openBrowser()
  ruth = await join('ruth', 'Ruth', 'Engel')
  team = await ruth.call(onboarding.firstTeam, {
    body: { name: 'strahlen', display_name: 'Strahlenforschung' },
  })
  await ruth.call(settings.patch, { body: { TeamSettings: { TeammateNameDisplay: 'full_name' } } })
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const days = [
  {
    mia: { locale: 'en', size: 'desk', scheme: 'light' },
    jan: { locale: 'de', size: 'phone', scheme: 'dark' },
  },
  {
    mia: { locale: 'de', size: 'desk', scheme: 'dark' },
    jan: { locale: 'en', size: 'phone', scheme: 'light' },
  },
  {
    mia: { locale: 'de', size: 'phone', scheme: 'light' },
    jan: { locale: 'en', size: 'desk', scheme: 'dark' },
  },
] as const

describe.each(days)('Mia: $mia.locale, $mia.size; Jan: $jan.locale, $jan.size', (looks) => {
  const [day] = [days.indexOf(looks) + 1]
  const beam = `Strahlzeit ${day}`
  const people = { mia: `mia${day}`, jan: `jan${day}` }
  let mia: Seat
  let jan: Seat

  beforeAll(async () => {
    const [one, two] = [
      await join(people.mia, 'Mia', 'Sommer', team.invite_id),
      await join(people.jan, 'Jan', 'Petersen', team.invite_id),
    ]
    for (const [{ call }, { locale }] of [
      [one, looks.mia],
      [two, looks.jan],
    ] as const)
      await call(users.patch, { params: { user_id: 'me' }, body: { locale } })
    const channel = await ruth.call(channels.create, {
      body: {
        team_id: team.id,
        name: `strahlzeit-${day}`,
        display_name: beam,
        type: 'O',
        header: 'Halle 2, **KW 49**',
      },
    })
    for (const { id } of [one, two])
      await ruth.call(members.add, { params: { channel_id: channel.id }, body: { user_id: id } })
    const say = (message: string, hoursAgo: number) =>
      ruth.call(posts.create, {
        body: { channel_id: channel.id, message, create_at: Date.now() - hoursAgo * HOUR },
      })
    await say('Der Kryostat ist kalt: **4,2 K** seit heute Mittag.', 22)
    await say(
      'Morgen um 8 Uhr geht es los. Bitte tragt euch in den Messplan ein:\n\n| Schicht | Wer |\n|---|---|\n| früh | Mia |\n| spät | Jan |',
      21,
    )
    await say(`Guten Morgen @${people.mia}, die Pumpe an Kammer 3 ist wieder da :tada:`, 0)
    mia = await takeSeat(browser, server.url, one, looks.mia)
    jan = await takeSeat(browser, server.url, two, looks.jan)
  })
  afterAll(async () => {
    await mia.context.close()
    await jan.context.close()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    await picture(mia.page, `failed-day-mia-${day}`)
    await picture(jan.page, `failed-day-jan-${day}`)
  })

  it('the morning: a mention stands in the list, and the channel opens where the news begins', async () => {
    const { page, press, say } = mia
    const side = await mia.side()
    await side.locator('a[data-channel]', { hasText: beam }).getByText('1', { exact: true }).waitFor()
    if (mia.isPhone) await mia.look('morning')
    await press(side.locator('a[data-channel]', { hasText: beam }))
    await mia.row('Guten Morgen').waitFor()
    await page.getByText(say('posts.line'), { exact: true }).waitFor()
    await mia.look('channel')
  })

  it('a message with a file is seen, reacted to and answered by the other', async () => {
    await jan.open(beam)
    await mia.page
      .getByRole('main')
      .locator('input[type=file]')
      .setInputFiles({
        name: 'druck.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('Zeit,mbar\n8:00,3e-9\n8:10,2e-9\n'),
      })
    await mia.page.getByRole('list', { name: mia.say('uploads.list') }).waitFor()
    await mia.write('Danke! Der Druck von heute früh:\n\n- Kammer 1: `3e-9`\n- Kammer 3: `2e-9`')
    const row = jan.row('Der Druck von heute')
    await row.getByText('8:10').waitFor()
    await jan.choose(row, jan.say('reactions.add'))
    const field = jan.page.getByRole('combobox')
    await jan.page.getByRole('gridcell').nth(8).waitFor()
    await field.fill('rocket')
    await jan.press(jan.page.getByRole('gridcell').first())
    await row.getByRole('button', { name: /🚀, 1/ }).waitFor()
    await mia.row('Der Druck von heute').getByRole('button', { name: /🚀, 1/ }).waitFor()
    await jan.choose(row, jan.say('post.replyAction'))
    await jan.answer('Sieht gut aus. Fangen wir an?')
    await jan.look('thread')
    await jan.closePane()
    const count = mia.say('thread.replies', { count: 1 })
    await mia.press(mia.row('Der Druck von heute').getByRole('button', { name: new RegExp(`^${count}`) }))
    await mia.row('Sieht gut aus', mia.pane()).waitFor()
    await mia.answer('Ja, ich bin in fünf Minuten in der Halle.')
    await mia.look('thread')
    await mia.closePane()
    await jan
      .row('Der Druck von heute')
      .getByRole('button', { name: new RegExp(`^${jan.say('thread.replies', { count: 2 })}`) })
      .waitFor()
  })

  it('a conversation begins, and says who can read it', async () => {
    const { page, press, say } = jan
    await jan.pressAside((side) => side.getByRole('button', { name: say('conversation.new') }))
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox').fill(people.mia)
    await press(dialog.getByRole('option', { name: new RegExp(people.mia) }))
    await dialog.getByText(say('conversation.readers', { count: 1 })).waitFor()
    await press(dialog.getByRole('button', { name: say('conversation.start') }))
    await dialog.waitFor({ state: 'detached' })
    await jan.write('Bringst du den Schlüssel mit?')
    await mia.open('Jan Petersen')
    await mia.row('Bringst du den Schlüssel mit?').waitFor()
    await mia.write('Ist schon in der Tasche 🔑')
    await jan.row('schon in der Tasche').waitFor()
    await jan.look('conversation')
  })

  it('a private channel is created, and the other is added to it', async () => {
    const { page, press, say } = mia
    const name = `Messplan ${day}`
    const more = say('category.add', { name: say('category.channels') })
    await mia.pressAside((side) => side.getByRole('button', { name: more }))
    await press(page.getByRole('menuitem', { name: say('channel.create') }))
    const dialog = page.getByRole('dialog', { name: say('channel.create') })
    await dialog.getByLabel(say('channel.name'), { exact: true }).fill(name)
    await press(dialog.getByText(say('channel.private'), { exact: true }))
    await mia.look('create-channel')
    await press(dialog.getByRole('button', { name: say('channel.createSubmit') }))
    await page.getByRole('main').getByRole('heading', { level: 1, name }).waitFor()
    await mia.box().fill(`/invite @${people.jan}`)
    await press(page.getByRole('main').getByRole('button', { name: say('composer.send'), exact: true }))
    await jan.open(name)
    await jan.write('Bin da.')
    await mia.row('Bin da.').waitFor()
  })

  it('a message is found by its words, and opened where it stands', async () => {
    const { page, press, say } = jan
    await jan.pressAside((side) => side.getByRole('button', { name: say('search.title'), exact: true }))
    await jan.pane().getByRole('combobox').fill('Kryostat')
    await page.keyboard.press('Enter')
    await jan.pane().getByText('4,2 K').waitFor()
    await jan.look('search')
    await press(
      jan
        .pane()
        .getByRole('button', { name: /Strahlzeit/ })
        .first(),
    )
    await jan.row('Der Kryostat ist kalt').waitFor()
  })

  it('a message is changed, pinned and saved', async () => {
    const { page, press, say } = mia
    await mia.open(beam)
    await mia.write('Besprechung um 15 Uhr im Kontrollraum')
    await mia.choose(mia.row('Besprechung um 15 Uhr'), say('post.edit'))
    await page.getByLabel(say('post.editLabel')).fill('Besprechung um 16 Uhr im Kontrollraum')
    await press(page.getByRole('main').getByRole('button', { name: say('action.save') }))
    await jan.row('Besprechung um 16 Uhr').getByText(jan.say('post.edited')).waitFor()
    await mia.choose(mia.row('Besprechung um 16 Uhr'), say('post.pin'))
    await jan.row('Besprechung um 16 Uhr').getByText(jan.say('post.isPinned'), { exact: true }).waitFor()
    await jan.choose(jan.row('Besprechung um 16 Uhr'), jan.say('post.save'))
    await jan.row('Besprechung um 16 Uhr').getByText(jan.say('post.isSaved'), { exact: true }).waitFor()
  })

  it('what one is doing is seen by the other', async () => {
    const { page, press, say } = jan
    await jan.pressAside((side) => side.getByRole('button', { name: new RegExp(say('user.menu')) }))
    await press(page.getByRole('menuitem', { name: say('presence.set') }))
    const dialog = page.getByRole('dialog', { name: say('presence.title') })
    await press(dialog.getByText(say('presence.lab')))
    await jan.look('status')
    await press(dialog.getByRole('button', { name: say('presence.save') }))
    await dialog.waitFor({ state: 'detached' })
    await mia.open('Jan Petersen')
    await mia.page.getByRole('main').getByText(say('presence.lab')).first().waitFor()
  })

  it('in the tunnel one writes on, and everything arrives once and in order', async () => {
    if (jan.isPhone) await jan.page.keyboard.press('Escape')
    await jan.open('Mia Sommer')
    await jan.context.setOffline(true)
    await jan.page.getByText(jan.say('connection.offline')).waitFor()
    for (const text of ['Tunnel eins', 'Tunnel zwei']) await jan.write(text)
    await jan.look('tunnel')
    await jan.context.setOffline(false)
    await mia.row('Tunnel zwei').waitFor()
    const arrived = mia.page
      .getByRole('main')
      .getByRole('article')
      .filter({ hasText: /Tunnel/ })
    await expect
      .poll(async () => (await arrived.allInnerTexts()).map((text) => /Tunnel \w+/.exec(text)?.[0]))
      .toEqual(['Tunnel eins', 'Tunnel zwei'])
  })

  it('in the evening a message is scheduled for tomorrow, and signing out leaves nothing behind', async () => {
    const { page, press, say } = mia
    await mia.open(beam)
    await mia.box().fill('Guten Morgen! Schicht früh beginnt.')
    await press(page.getByRole('main').getByRole('button', { name: say('drafts.sendOptions') }))
    const tomorrow = page.getByRole('menuitem', {
      name: new RegExp(`${say('scheduled.tomorrow')}|${say('scheduled.monday')}`),
    })
    await press(tomorrow.first())
    await expect.poll(() => mia.box().inputValue()).toBe('')
    await mia.pressAside((side) => side.getByRole('link', { name: new RegExp(say('drafts.line')) }))
    await press(page.getByRole('tab', { name: new RegExp(say('scheduled.title')) }))
    await page.getByText('Schicht früh beginnt').waitFor()
    await mia.look('scheduled')
    await mia.pressAside((side) => side.getByRole('button', { name: new RegExp(say('user.menu')) }))
    await press(page.getByRole('menuitem', { name: say('user.signOut') }))
    await page.getByLabel(say('signIn.loginId')).waitFor()
    await expect.poll(() => page.evaluate('indexedDB.databases().then((all) => all.length)')).toBe(0)
  })

  it('no error happened on the way', () => {
    // Without a connection, requests fail.
    const wrong = [...mia.problems, ...jan.problems].filter((each) => !/ERR_INTERNET_DISCONNECTED/.test(each))
    expect(wrong).toEqual([])
  })
})
