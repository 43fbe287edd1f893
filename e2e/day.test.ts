/**
 * A day of two people who work together, each at a desk and with a phone, in English and in German: from the
 * first look in the morning to signing out. The tests build on each other. The pictures in docs/use/images are
 * from here.
 */
import { createApi } from '@plausch/client'
import type { TestServer } from '@plausch/testkit'
import { channels, members, onboarding, posts, sessions, settings, users } from '@plausch/wire'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, picture, serveClient } from './browser.ts'
import { type Seat, takeSeat } from './seat.ts'

const PASSWORD = 'ein langes Passwort'
const HOUR = 3_600_000

let browser: Browser

/** Makes an account with a session. */
const join = async (
  server: TestServer,
  username: string,
  first_name: string,
  last_name: string,
  iid = '',
) => {
  const { call } = createApi({ baseUrl: server.url })
  const body = { username, email: `${username}@example.org`, password: PASSWORD, first_name, last_name }
  const { id } = await call(onboarding.signUp, { query: { iid }, body })
  await call(sessions.login, { body: { login_id: username, password: PASSWORD } })
  return { id, username, password: PASSWORD, call }
}

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const days = [
  {
    mia: { locale: 'en', size: 'desk', scheme: 'light' },
    jan: { locale: 'de', size: 'phone', scheme: 'dark' },
  },
  {
    mia: { locale: 'de', size: 'phone', scheme: 'light' },
    jan: { locale: 'en', size: 'desk', scheme: 'dark' },
  },
] as const

/** The first line of a message. */
const start = (message: string): string => message.split('\n')[0] ?? ''

/** What they write, in the language of Mia. */
const talks = {
  de: {
    channel: 'Strahlzeit',
    header: 'Halle 2, **KW 49**',
    cold: 'Der Kryostat ist kalt: **4,2 K** seit heute Mittag.',
    found: ['Kryostat', '4,2 K'],
    plan: 'Morgen um 8 Uhr geht es los. Bitte tragt euch ein:\n\n| Schicht | Wer |\n|---|---|\n| früh | Mia |\n| spät | Jan |',
    morning: 'Guten Morgen @mia, die Pumpe an Kammer 3 ist wieder da :tada:',
    file: ['druck.csv', 'Zeit,mbar\n8:00,3e-9\n8:10,2e-9\n'],
    pressure: 'Danke! Der Druck von heute früh:\n\n- Kammer 1: `3e-9`\n- Kammer 3: `2e-9`',
    begin: 'Sieht gut aus. Fangen wir an?',
    soon: 'Ja, ich bin in fünf Minuten in der Halle.',
    key: 'Bringst du den Schlüssel mit?',
    pocket: 'Ist schon in der Tasche 🔑',
    private: 'Messplan',
    here: 'Bin da.',
    meeting: ['Besprechung um 15 Uhr im Kontrollraum', 'Besprechung um 16 Uhr im Kontrollraum'],
    tunnel: ['Tunnel eins', 'Tunnel zwei'],
    tomorrow: 'Guten Morgen! Die frühe Schicht beginnt.',
  },
  en: {
    channel: 'Beam time',
    header: 'Hall 2, **week 49**',
    cold: 'The cryostat is cold: **4.2 K** since noon.',
    found: ['cryostat', '4.2 K'],
    plan: 'We start tomorrow at 8. Please enter your names:\n\n| Shift | Who |\n|---|---|\n| early | Mia |\n| late | Jan |',
    morning: 'Good morning @mia, the pump of chamber 3 is back :tada:',
    file: ['pressure.csv', 'time,mbar\n8:00,3e-9\n8:10,2e-9\n'],
    pressure: 'Thank you! The pressure of this morning:\n\n- chamber 1: `3e-9`\n- chamber 3: `2e-9`',
    begin: 'Looks good. Shall we begin?',
    soon: 'Yes, I am in the hall in five minutes.',
    key: 'Do you bring the key?',
    pocket: 'It is in my pocket 🔑',
    private: 'Shift plan',
    here: 'I am here.',
    meeting: ['Meeting at 3 in the control room', 'Meeting at 4 in the control room'],
    tunnel: ['Tunnel one', 'Tunnel two'],
    tomorrow: 'Good morning! The early shift begins.',
  },
} as const

describe.each(days)('Mia: $mia.locale, $mia.size; Jan: $jan.locale, $jan.size', (looks) => {
  const day = days.indexOf(looks) + 1
  const talk = talks[looks.mia.locale]
  let server: TestServer
  let mia: Seat
  let jan: Seat

  beforeAll(async () => {
    server = await serveClient()
    const ruth = await join(server, 'ruth', 'Ruth', 'Engel')
    const named = { name: 'strahlen', display_name: 'Strahlenforschung' }
    const team = await ruth.call(onboarding.firstTeam, { body: named })
    await ruth.call(settings.patch, { body: { TeamSettings: { TeammateNameDisplay: 'full_name' } } })
    const own = await join(server, 'mia', 'Mia', 'Sommer', team.invite_id)
    const other = await join(server, 'jan', 'Jan', 'Petersen', team.invite_id)
    for (const [{ call }, { locale }] of [
      [own, looks.mia],
      [other, looks.jan],
    ] as const)
      await call(users.patch, { params: { user_id: 'me' }, body: { locale } })
    const { channel: display_name, header } = talk
    const channel = await ruth.call(channels.create, {
      body: { team_id: team.id, name: 'beam-time', display_name, type: 'O', header },
    })
    for (const { id } of [own, other])
      await ruth.call(members.add, { params: { channel_id: channel.id }, body: { user_id: id } })
    const say = (message: string, hoursAgo: number) =>
      ruth.call(posts.create, {
        body: { channel_id: channel.id, message, create_at: Date.now() - hoursAgo * HOUR },
      })
    await say(talk.cold, 22)
    await say(talk.plan, 21)
    await say(talk.morning, 0)
    mia = await takeSeat(browser, server.url, own, looks.mia)
    jan = await takeSeat(browser, server.url, other, looks.jan)
  })
  afterAll(async () => {
    await mia.context.close()
    await jan.context.close()
    await server.stop()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    await picture(mia.page, `failed-day-mia-${day}`)
    await picture(jan.page, `failed-day-jan-${day}`)
  })

  it('the morning: a mention stands in the list, and the channel opens where the news begins', async () => {
    const { page, press, say } = mia
    const side = await mia.side()
    await side.locator('a[data-channel]', { hasText: talk.channel }).getByText('1', { exact: true }).waitFor()
    if (mia.isPhone) await mia.look('morning')
    await press(side.locator('a[data-channel]', { hasText: talk.channel }))
    await mia.row(talk.morning.slice(0, 10)).waitFor()
    await page.getByText(say('posts.line'), { exact: true }).waitFor()
    await mia.look('channel')
  })

  it('a message with a file is seen, reacted to and answered by the other', async () => {
    await jan.open(talk.channel)
    await mia.page
      .getByRole('main')
      .locator('input[type=file]')
      .setInputFiles({ name: talk.file[0], mimeType: 'text/csv', buffer: Buffer.from(talk.file[1]) })
    await mia.page.getByRole('list', { name: mia.say('uploads.list') }).waitFor()
    await mia.write(talk.pressure)
    const row = jan.row(start(talk.pressure))
    await row.getByText('8:10').waitFor()
    await jan.choose(row, jan.say('reactions.add'))
    const field = jan.page.getByRole('combobox')
    await jan.page.getByRole('gridcell').nth(8).waitFor()
    await field.fill('rocket')
    await jan.press(jan.page.getByRole('gridcell').first())
    await row.getByRole('button', { name: /🚀, 1/ }).waitFor()
    await mia.row(start(talk.pressure)).getByRole('button', { name: /🚀, 1/ }).waitFor()
    await jan.choose(row, jan.say('post.replyAction'))
    await jan.answer(talk.begin)
    await jan.look('thread')
    await jan.closePane()
    const count = mia.say('thread.replies', { count: 1 })
    await mia.press(mia.row(start(talk.pressure)).getByRole('button', { name: new RegExp(`^${count}`) }))
    await mia.row(talk.begin, mia.pane()).waitFor()
    await mia.answer(talk.soon)
    await mia.look('thread')
    await mia.closePane()
    await jan
      .row(start(talk.pressure))
      .getByRole('button', { name: new RegExp(`^${jan.say('thread.replies', { count: 2 })}`) })
      .waitFor()
  })

  it('a conversation begins, and says who can read it', async () => {
    const { page, press, say } = jan
    await jan.pressAside((side) => side.getByRole('button', { name: say('conversation.new') }))
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox').fill('mia')
    await press(dialog.getByRole('option', { name: /mia/ }))
    await dialog.getByText(say('conversation.readers', { count: 1 })).waitFor()
    await press(dialog.getByRole('button', { name: say('conversation.start') }))
    await dialog.waitFor({ state: 'detached' })
    await jan.write(talk.key)
    await mia.open('Jan Petersen')
    await mia.row(talk.key).waitFor()
    await mia.write(talk.pocket)
    await jan.row(talk.pocket).waitFor()
    await jan.look('conversation')
  })

  it('a private channel is created, and the other is added to it', async () => {
    const { page, press, say } = mia
    const name = talk.private
    const more = say('category.add', { name: say('category.channels') })
    await mia.pressAside((side) => side.getByRole('button', { name: more }))
    await press(page.getByRole('menuitem', { name: say('channel.create') }))
    const dialog = page.getByRole('dialog', { name: say('channel.create') })
    await dialog.getByLabel(say('channel.name'), { exact: true }).fill(name)
    await press(dialog.getByText(say('channel.private'), { exact: true }))
    await mia.look('create-channel')
    await press(dialog.getByRole('button', { name: say('channel.createSubmit') }))
    await page.getByRole('main').getByRole('heading', { level: 1, name }).waitFor()
    await mia.box().fill('/invite @jan')
    await press(page.getByRole('main').getByRole('button', { name: say('composer.send'), exact: true }))
    await jan.open(name)
    await jan.write(talk.here)
    await mia.row(talk.here).waitFor()
  })

  it('a message is found by its words, and opened where it stands', async () => {
    const { page, press, say } = jan
    await jan.pressAside((side) => side.getByRole('button', { name: say('search.title'), exact: true }))
    await jan.pane().getByRole('combobox').fill(talk.found[0])
    await page.keyboard.press('Enter')
    await jan.pane().getByText(talk.found[1]).waitFor()
    await jan.look('search')
    await press(
      jan
        .pane()
        .getByRole('button', { name: new RegExp(talk.channel) })
        .first(),
    )
    await jan.row(talk.found[1]).waitFor()
  })

  it('a message is changed, pinned and saved', async () => {
    const { page, press, say } = mia
    await mia.open(talk.channel)
    await mia.write(talk.meeting[0])
    await mia.choose(mia.row(talk.meeting[0]), say('post.edit'))
    await page.getByLabel(say('post.editLabel')).fill(talk.meeting[1])
    await press(page.getByRole('main').getByRole('button', { name: say('action.save') }))
    await jan.row(talk.meeting[1]).getByText(jan.say('post.edited')).waitFor()
    await mia.choose(mia.row(talk.meeting[1]), say('post.pin'))
    await jan.row(talk.meeting[1]).getByText(jan.say('post.isPinned'), { exact: true }).waitFor()
    await jan.choose(jan.row(talk.meeting[1]), jan.say('post.save'))
    await jan.row(talk.meeting[1]).getByText(jan.say('post.isSaved'), { exact: true }).waitFor()
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
    for (const text of talk.tunnel) await jan.write(text)
    await jan.look('tunnel')
    await jan.context.setOffline(false)
    await mia.row(talk.tunnel[1]).waitFor()
    const arrived = mia.page
      .getByRole('main')
      .getByRole('article')
      .filter({ hasText: /Tunnel/ })
    await expect
      .poll(async () => (await arrived.allInnerTexts()).map((text) => /Tunnel \w+/.exec(text)?.[0]))
      .toEqual([...talk.tunnel])
  })

  it('in the evening a message is scheduled for tomorrow, and signing out leaves nothing behind', async () => {
    const { page, press, say } = mia
    await mia.open(talk.channel)
    await mia.box().fill(talk.tomorrow)
    await press(page.getByRole('main').getByRole('button', { name: say('drafts.sendOptions') }))
    const tomorrow = page.getByRole('menuitem', {
      name: new RegExp(`${say('scheduled.tomorrow')}|${say('scheduled.monday')}`),
    })
    await press(tomorrow.first())
    await expect.poll(() => mia.box().inputValue()).toBe('')
    await mia.pressAside((side) => side.getByRole('link', { name: new RegExp(say('drafts.line')) }))
    await press(page.getByRole('tab', { name: new RegExp(say('scheduled.title')) }))
    await page.getByText(talk.tomorrow).waitFor()
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
