/** Invitations by mail, which go to a real mail server. */
import { channelOf, type Mailbox, mailbox, type Place, place } from '@plausch/testkit'
import { type Channel, settings, users } from '@plausch/wire'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible, openBrowser, picture, visit, webFolder } from './browser.ts'

let box: Mailbox & { stop(): Promise<void> }
let at: Place
let browser: Browser
let optics: Channel

beforeAll(async () => {
  box = await mailbox()
  at = await place({ webFolder })
  optics = await channelOf(at.ana, at.team, 'O', [at.root])
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await at.stop()
  await box.stop()
})

it('invites by mail, also guests, and says for each address what happened', async () => {
  const { ServiceSettings, ...mail } = box.settings
  await at.root.call(settings.patch, {
    body: {
      ...mail,
      ServiceSettings: { ...ServiceSettings, EnableEmailInvitations: true },
      GuestAccountsSettings: { Enable: true },
    },
  })
  const root = await visit(browser, at.server.url)
  const { page } = root
  await page.goto('/')
  await page.getByLabel('E-mail or username').fill(at.root.username)
  await page.getByLabel('Password', { exact: true }).fill(at.root.password)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Team', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Invite people' }).click()
  await page.getByRole('tab', { name: 'By mail' }).click()
  await page.getByLabel('Mail addresses').fill('Ada <ada@example.org>, no-address')
  await page.getByRole('button', { name: 'Send invitations' }).click()
  await page.getByText('This is no mail address: no-address').waitFor()
  await page.getByLabel('Mail addresses').fill('Ada <ada@example.org>')
  await page.getByLabel('Your message in the mail (optional)').fill('See you at the beamline')
  await page.getByRole('button', { name: 'Send invitations' }).click()
  await page.getByText('ada@example.org: invitation sent').waitFor()
  await expectAccessible(page, 'inviting by mail')
  expect((await box.next('ada@example.org')).text).toContain('See you at the beamline')
  await page.getByRole('tab', { name: 'Guests' }).click()
  await page.getByLabel('Mail addresses').fill('kim@example.org')
  await page.getByRole('button', { name: 'Send invitations' }).click()
  await page.getByText('Please choose at least one channel for the guests.').waitFor()
  await page.getByRole('checkbox', { name: optics.display_name }).check()
  await picture(page, 'places-guests')
  await page.getByRole('button', { name: 'Send invitations' }).click()
  await page.getByText('kim@example.org: invitation sent').waitFor()
  await box.next('kim@example.org')
  await expectAccessible(page, 'inviting guests')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Team', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Members of the team' }).click()
  await page.getByRole('button', { name: `Actions for ${at.bo.username}` }).click()
  await page.getByRole('menuitem', { name: 'Make guest' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make guest' }).click()
  await page.getByRole('dialog').getByText('Guest', { exact: true }).waitFor()
  const roles = async () => (await at.root.call(users.get, { params: { user_id: at.bo.id } })).roles
  await expect.poll(roles).toBe('system_guest')
  expect(root.problems).toEqual([])
})
