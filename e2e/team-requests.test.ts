/**
 * A group leader gets a team by request: somebody asks, the leader endorses by the link of the mail, an
 * administrator approves; at a desk and with a phone, in German and English. The same place shows refusing,
 * the yearly question, teams without an owner, and how long guests stay.
 */
import { asGuest, type Mailbox, mailbox, type Person, type Place, place, signUp } from '@plausch/testkit'
import { type NewTeamRequest, requests, settings, teams, users } from '@plausch/wire'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, picture, webFolder } from './browser.ts'
import { type Seat, takeSeat } from './seat.ts'

let box: Mailbox & { stop(): Promise<void> }
let at: Place
let browser: Browser
let open: Seat | undefined

beforeAll(async () => {
  box = await mailbox()
  at = await place({ webFolder })
  browser = await openBrowser()
  const { EmailSettings } = box.settings
  await at.root.call(settings.patch, {
    body: {
      EmailSettings,
      ServiceSettings: { SiteURL: at.server.url },
      PlauschSettings: { MaxOpenTeamRequests: 100 },
    },
  })
})
afterAll(async () => {
  await browser.close()
  await at.stop()
  await box.stop()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail' && open) await picture(open.page, 'requests-failed')
})

const sit = async (person: Person, look: Parameters<typeof takeSeat>[3]) => {
  // The language of the account is that of its screens.
  const { locale } = look
  await person.call(users.patch, { params: { user_id: 'me' }, body: { locale } })
  open = await takeSeat(browser, at.server.url, person, look)
  return open
}

const button = ({ page, say }: Seat, id: Parameters<Seat['say']>[0]) =>
  page.getByRole('button', { name: say(id), exact: true })

/** The menu of the team, above the channels. */
const teamMenu = async (seat: Seat): Promise<void> => {
  await seat.pressAside((side) => side.getByRole('button', { name: at.team.display_name, exact: true }))
}

const userMenu = async (seat: Seat): Promise<void> => {
  await seat.pressAside((side) => side.getByRole('button', { name: seat.say('user.menu') }))
}

const asked = (by: Person, more: Partial<NewTeamRequest> = {}) =>
  by.call(requests.create, {
    body: {
      name: `lasers-${Math.random().toString(36).slice(2)}`,
      display_name: 'Lasers',
      purpose: 'To plan shifts',
      is_open: false,
      owner_ids: [by.id],
      ...more,
    },
  })

const looks = [
  { locale: 'en', size: 'desk', scheme: 'light' },
  { locale: 'de', size: 'phone', scheme: 'dark' },
  { locale: 'de', size: 'desk', scheme: 'light' },
  { locale: 'en', size: 'phone', scheme: 'light' },
] as const

describe.each(looks)('in $locale, at a $size', (look) => {
  it('a group leader gets a team by request', async () => {
    const named = `${look.locale} ${look.size}`
    const lea = await signUp(at.server, 'lea', at.team.invite_id)
    const ada = await signUp(at.server, 'ada', at.team.invite_id)
    await at.root.call(settings.patch, {
      body: { PlauschSettings: { TeamRequestEndorser: lea.username } },
    })

    // Who may not create a team asks for one, where others create and join them.
    const asker = await sit(ada, look)
    await teamMenu(asker)
    await asker.press(asker.page.getByRole('menuitem', { name: asker.say('requests.ask') }))
    const form = asker.page.getByRole('dialog')
    await form.getByLabel(asker.say('requests.name')).waitFor()
    await asker.press(form.getByRole('button', { name: asker.say('requests.askSubmit') }))
    await form.getByText(asker.say('requests.nameMissing')).waitFor()
    await form.getByText(asker.say('requests.purposeMissing')).waitFor()
    await form.getByLabel(asker.say('requests.name')).and(asker.page.locator(':focus')).waitFor()
    await form.getByLabel(asker.say('requests.name')).fill(`Größe ${named}`)
    const address = form.getByLabel(asker.say('requests.address'))
    expect(await address.inputValue()).toBe(`groesse-${look.locale}-${look.size}`)
    await address.fill(at.team.name)
    await form.getByLabel(asker.say('requests.purpose')).fill('Den nächsten Lauf planen')
    await asker.press(form.getByRole('button', { name: asker.say('requests.askSubmit') }))
    await form.locator('[aria-invalid]').waitFor()
    await asker.look('requests-form')
    await address.fill(`groesse-${look.locale}-${look.size}`)
    await asker.press(form.getByRole('button', { name: asker.say('requests.askSubmit') }))
    const main = asker.page.getByRole('main')
    await main.getByRole('heading', { level: 2, name: `Größe ${named}` }).waitFor()
    await main.getByText(asker.say('requests.endorsement'), { exact: true }).waitFor()
    await asker.look('requests-asked')

    // The leader follows the link of the mail, which endorses nothing by itself.
    const mail = await box.next(lea.user.email)
    const [link = ''] = /https?:\/\/\S+_redirect\S+/.exec(mail.text) ?? []
    const leader = await sit(lea, look)
    await leader.page.goto(link)
    await button(leader, 'requests.endorse').waitFor()
    const [mine] = await lea.call(requests.list, { query: { state: 'open' } })
    expect(mine?.state).toBe('endorsement')
    await leader.look('requests-endorse')
    await button(leader, 'requests.endorse').focus()
    await leader.page.keyboard.press('Enter')
    await leader.page.getByRole('main').getByText(leader.say('requests.decision'), { exact: true }).waitFor()
    // Whoever has the request open sees it move.
    await main.getByText(asker.say('requests.decision'), { exact: true }).waitFor()

    // An administrator finds it by the menu of the user.
    const admin = await sit(at.root, look)
    await userMenu(admin)
    await admin.press(admin.page.getByRole('menuitem', { name: admin.say('requests.show') }))
    await admin.press(admin.page.getByRole('main').getByRole('button', { name: `Größe ${named}` }))
    await admin.press(button(admin, 'requests.approve'))
    const dialog = admin.page.getByRole('dialog')
    await dialog.getByText(admin.say('requests.approveLead')).waitFor()
    await admin.look('requests-approve')
    await admin.press(dialog.getByRole('button', { name: admin.say('requests.approve') }))
    await admin.page.getByRole('main').getByText(admin.say('requests.approved'), { exact: true }).waitFor()
    await admin.look('requests-approved')

    // The requester opens the team from the same page.
    await asker.press(button(asker, 'requests.toTeam'))
    await asker.page.waitForURL(`**/groesse-${look.locale}-${look.size}/**`)
    expect(
      (await ada.call(teams.listOfUser, { params: { user_id: 'me' } })).map(({ name }) => name),
    ).toContain(`groesse-${look.locale}-${look.size}`)
    for (const seat of [asker, leader, admin]) {
      // The refused address is an answer that the browser logs.
      expect(seat.problems.filter((line) => !line.includes('status of 400'))).toEqual([])
      await seat.context.close()
    }
    await at.root.call(settings.patch, { body: { PlauschSettings: { TeamRequestEndorser: '' } } })
  })

  it('requests are refused with a reason and withdrawn', async () => {
    const ada = await signUp(at.server, 'ada', at.team.invite_id)
    const [first, second] = [await asked(ada), await asked(ada)]
    const admin = await sit(at.root, look)
    await admin.page.goto(`/${at.team.name}/requests/${first.id}`)
    await admin.press(button(admin, 'requests.refuse'))
    const dialog = admin.page.getByRole('dialog')
    await admin.press(dialog.getByRole('button', { name: admin.say('requests.refuse') }))
    await dialog.getByText(admin.say('requests.reasonMissing')).waitFor()
    await dialog.getByLabel(admin.say('requests.reason')).fill('There is one')
    await admin.look('requests-refuse')
    await admin.press(dialog.getByRole('button', { name: admin.say('requests.refuse') }))
    await admin.page.getByRole('main').getByText('There is one').waitFor()
    const asker = await sit(ada, look)
    await asker.page.goto(`/${at.team.name}/requests`)
    await asker.press(asker.page.getByRole('main').getByRole('button', { name: 'Lasers' }))
    await asker.press(button(asker, 'requests.withdraw'))
    await asker.press(
      asker.page.getByRole('alertdialog').getByRole('button', { name: asker.say('requests.withdraw') }),
    )
    await asker.page.getByRole('main').getByText(asker.say('requests.withdrawn'), { exact: true }).waitFor()
    expect((await ada.call(requests.get, { params: { team_request_id: second.id } })).state).toBe('withdrawn')
    await asker.press(button(asker, 'requests.back'))
    await asker.press(asker.page.getByRole('tab', { name: asker.say('requests.tabClosed') }))
    await expect.poll(() => asker.page.getByRole('main').getByRole('listitem').count()).toBe(2)
    await asker.look('requests-done')
    // Somebody whom it does not concern learns nothing, not even that it exists.
    const bo = await sit(at.bo, look)
    await bo.page.goto(`/${at.team.name}/requests/${first.id}`)
    await bo.page.getByText(bo.say('requests.missing')).waitFor()
    for (const seat of [admin, asker, bo]) await seat.context.close()
  })
})

it('owners answer the yearly question, and administrators name an owner', async () => {
  const look = { locale: 'en', size: 'desk', scheme: 'light' } as const
  const [ada, ben] = [
    await signUp(at.server, 'ada', at.team.invite_id),
    await signUp(at.server, 'ben', at.team.invite_id),
  ]
  const request = await asked(ada)
  const params = { team_request_id: request.id }
  const { team_id } = await at.root.call(requests.approve, { params, body: {} })
  await at.server.app.pool.run('insert into team_reviews (team_id, asked_at) values ($1, $2)', [
    team_id,
    Date.now(),
  ])
  const owner = await sit(ada, look)
  await owner.page.goto(`/${at.team.name}/requests/reviews`)
  await owner.page.getByRole('button', { name: 'Lasers is still needed' }).waitFor()
  await owner.look('requests-reviews')
  await owner.press(owner.page.getByRole('button', { name: 'Lasers is still needed' }))
  await owner.page.getByText(owner.say('requests.noneReviews')).waitFor()
  await owner.context.close()

  await at.root.call(users.setActive, { params: { user_id: ada.id }, body: { active: false } })
  const admin = await sit(at.root, look)
  await admin.page.goto(`/${at.team.name}/requests/orphans`)
  await admin.press(admin.page.getByRole('button', { name: 'Name an owner of Lasers' }))
  const dialog = admin.page.getByRole('dialog')
  await dialog.getByRole('combobox').fill(ben.username)
  await admin.press(dialog.getByRole('option', { name: new RegExp(ben.username) }))
  await admin.look('requests-orphans')
  await admin.press(dialog.getByRole('button', { name: admin.say('requests.nameOwner') }))
  await admin.page.getByText('Lasers has an owner now.').first().waitFor()
  await admin.context.close()
  expect((await ben.call(teams.listOfUser, { params: { user_id: 'me' } })).map(({ id }) => id)).toContain(
    team_id,
  )
})

it('an administrator sets until when a guest stays, and sees it in the profile', async () => {
  const look = { locale: 'en', size: 'desk', scheme: 'light' } as const
  const guest = await asGuest(at, await signUp(at.server, 'gil', at.team.invite_id))
  const admin = await sit(at.root, look)
  const { page } = admin
  await teamMenu(admin)
  await admin.press(page.getByRole('menuitem', { name: 'Members of the team' }))
  await admin.press(page.getByRole('button', { name: `Actions for ${guest.username}` }))
  await admin.press(page.getByRole('menuitem', { name: admin.say('guests.setEnd') }))
  await page.getByLabel(admin.say('guests.until')).fill('2030-05-17T18:00')
  await admin.look('guests-end')
  await admin.press(page.getByRole('button', { name: admin.say('guests.save') }))
  await page.getByText(admin.say('guests.untilDay', { day: 'May 17, 2030' })).waitFor()
  await admin.look('guests-list')
  expect(admin.problems).toEqual([])
  await admin.context.close()
})
