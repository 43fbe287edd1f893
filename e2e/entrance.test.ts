/**
 * Getting in: the second factor, forgotten passwords, addresses to confirm, terms to accept, a session that
 * ends, and the pages that mails and official apps link to. Mails go to a real mail server.
 */
import {
  type Mailbox,
  mailbox,
  type Person,
  type Place,
  place,
  signUp,
  startServer,
  unlimited,
} from '@plausch/testkit'
import { mfa, sessions, settings, teams, terms } from '@plausch/wire'
import { generate } from 'otplib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { expectAccessible, openBrowser, picture, type Visitor, visit, webFolder } from './browser.ts'

let box: Mailbox & { stop(): Promise<void> }
let at: Place
let browser: Browser
let visitor: Visitor

beforeAll(async () => {
  box = await mailbox()
  at = await place({
    webFolder,
    fixed: {
      ...unlimited,
      EmailSettings: { ...box.settings.EmailSettings, SendEmailNotifications: true },
      ServiceSettings: { EnableMultifactorAuthentication: true },
    },
  })
  // Links in mails lead to this server, whose port is known only now.
  await at.root.call(settings.patch, { body: { ServiceSettings: { SiteURL: at.server.url } } })
  browser = await openBrowser()
  visitor = await visit(browser, at.server.url)
})
afterAll(async () => {
  await browser.close()
  await at.stop()
  await box.stop()
})

// What it looked like, after a failure.
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await picture(visitor.page, 'failed-entrance')
})

const inTownSquare = (page: Page) => page.getByRole('heading', { name: 'Town Square' }).first().waitFor()

const enter = async (page: Page, person: Person, password = person.password): Promise<void> => {
  await page.getByLabel('E-mail or username').fill(person.username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
}

const fresh = async (work: (page: Page) => Promise<void>, locale: 'en' | 'de' = 'en'): Promise<void> => {
  const other = await visit(browser, at.server.url, { locale })
  await work(other.page)
  await other.context.close()
}

it('asks for the code of the second factor only where there is one', async () => {
  const params = { user_id: at.bo.id }
  const { secret } = await at.bo.call(mfa.generate, { params })
  const before = Math.floor(Date.now() / 1000) - 30
  await at.bo.call(mfa.set, {
    params,
    body: { activate: true, code: await generate({ secret, epoch: before }) },
  })
  await fresh(async (page) => {
    await page.goto('/login')
    await enter(page, at.bo)
    await page.getByLabel('Code of your app').waitFor()
    await expectAccessible(page, 'the second factor')
    await page.keyboard.press('Enter')
    await page.getByText('Please enter the code of your app.').waitFor()
    await page.getByLabel('Code of your app').fill(await generate({ secret }))
    await page.keyboard.press('Enter')
    await inTownSquare(page)
  })
})

it('sets a new password by a link in a mail', async () => {
  const person = await signUp(at.server, 'ida', at.team.invite_id)
  const password = 'a quite different one'
  // The first mail welcomes her.
  await box.next(person.user.email)
  await fresh(async (page) => {
    await page.goto('/login')
    await page.getByRole('link', { name: 'Passwort vergessen?' }).click()
    await page.getByLabel('E-Mail').fill('nobody at all')
    await page.getByRole('button', { name: 'Link senden' }).click()
    await page.getByText('Bitte geben Sie Ihre E-Mail-Adresse ein.').waitFor()
    await page.getByLabel('E-Mail').fill(person.user.email)
    await expectAccessible(page, 'a forgotten password')
    await picture(page, 'forgotten-password-de')
    await page.getByRole('button', { name: 'Link senden' }).click()
    await page.getByText(`Falls es zu ${person.user.email} hier ein Konto gibt`).waitFor()
    const { link } = await box.next(person.user.email)
    await page.goto(`/reset_password_complete?token=${link.get('token')}`)
    await page.getByLabel('Neues Passwort', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Passwort setzen' }).click()
    const refused = page.getByLabel('Neues Passwort', { exact: true })
    await expect.poll(() => refused.getAttribute('aria-invalid')).toBe('true')
    await page.getByText(/mindestens/).waitFor()
    await page.getByLabel('Neues Passwort', { exact: true }).fill(password)
    await expectAccessible(page, 'a new password')
    await page.getByRole('button', { name: 'Passwort setzen' }).click()
    await page.getByLabel('E-Mail oder Benutzername').fill(person.username)
    await page.getByLabel('Passwort', { exact: true }).fill(password)
    await page.keyboard.press('Enter')
    await inTownSquare(page)
  }, 'de')
})

it('says what is wrong with a link that was used or cut', async () => {
  await fresh(async (page) => {
    await page.goto('/reset_password_complete')
    await page.getByText('This link is not complete.').waitFor()
    await page.goto('/reset_password_complete?token=none')
    await page.getByLabel('New password', { exact: true }).fill('long enough for all')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: /link/i }).waitFor()
    await page.goto('/do_verify_email?token=none&email=ida%40example.org')
    await page.getByRole('heading', { name: 'The address could not be confirmed' }).waitFor()
    await page.getByRole('link', { name: 'Send the mail with the link again' }).click()
    await expect.poll(() => page.getByLabel('E-mail').inputValue()).toBe('ida@example.org')
    await expectAccessible(page, 'confirming an address')
  })
})

it('lets in only confirmed addresses where the server wants that', async () => {
  const server = await startServer({
    webFolder,
    fixed: {
      ...unlimited,
      EmailSettings: { ...box.settings.EmailSettings, SendEmailNotifications: true },
    },
  })
  const root = await signUp(server, 'root')
  const { url: SiteURL } = server
  const wanted = { EmailSettings: { RequireEmailVerification: true }, ServiceSettings: { SiteURL } }
  await root.call(settings.patch, { body: wanted })
  const team = await root.call(teams.create, { body: { name: 'lab', display_name: 'Lab', type: 'I' } })
  const { page, context } = await visit(browser, server.url)
  await page.goto(`/signup_user_complete/?id=${team.invite_id}`)
  await page.getByLabel('Your name').fill('Kai Ohm')
  await page.getByLabel('E-mail').fill('kai@example.org')
  await page.getByLabel('Password', { exact: true }).fill('ein langes Passwort')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page
    .getByRole('alert')
    .filter({ hasText: /address|e-mail/i })
    .waitFor()
  const { link } = await box.next('kai@example.org')
  await page.goto(`/do_verify_email?${link}`)
  await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor()
  await page.getByRole('link', { name: 'Continue' }).click()
  await page.getByLabel('E-mail or username').fill('kai@example.org')
  await page.getByLabel('Password', { exact: true }).fill('ein langes Passwort')
  await page.keyboard.press('Enter')
  await inTownSquare(page)
  await context.close()
  await server.stop()
})

it('returns to the same place after a session has ended, and says why', async () => {
  await fresh(async (page) => {
    await page.goto('/login')
    await enter(page, at.ana)
    await inTownSquare(page)
    await page.goto(`/${at.team.name}/channels/off-topic`)
    await page.getByRole('heading', { name: 'Off-Topic' }).first().waitFor()
    await page.getByRole('textbox', { name: /Off-Topic/ }).fill('half a thought')
    await at.root.call(sessions.revokeAll, { params: { user_id: at.ana.id } })
    await page.getByText('Your session has ended.').waitFor()
    expect(new URL(page.url()).pathname).toBe(`/${at.team.name}/channels/off-topic`)
    await expectAccessible(page, 'after the end of a session')
    await enter(page, at.ana)
    await page.getByRole('heading', { name: 'Off-Topic' }).first().waitFor()
    await expect
      .poll(() => page.getByRole('main').getByRole('textbox').last().inputValue())
      .toBe('half a thought')
  })
})

it('keeps also the last letters, although the session ends before they are saved', async () => {
  await fresh(async (page) => {
    // So long the composer waits after a letter; here it never comes to it.
    await page.addInitScript(`{
      const later = window.setTimeout
      window.setTimeout = (work, ms, ...rest) => later(work, ms === 250 ? 3_600_000 : ms, ...rest)
    }`)
    await page.goto('/login')
    await enter(page, at.ana)
    await inTownSquare(page)
    await page.goto(`/${at.team.name}/channels/off-topic`)
    const field = page.getByRole('textbox', { name: /Off-Topic/ })
    await field.fill('the last letters')
    await at.root.call(sessions.revokeAll, { params: { user_id: at.ana.id } })
    await page.getByText('Your session has ended.').waitFor()
    await enter(page, at.ana)
    await expect.poll(() => field.inputValue()).toBe('the last letters')
    await field.fill('')
  })
})

it('shows the terms before the chat, and signs out whoever refuses them', async () => {
  const person = await signUp(at.server, 'uwe', at.team.invite_id)
  await at.root.call(settings.patch, { body: { SupportSettings: { CustomTermsOfServiceEnabled: true } } })
  await at.root.call(terms.create, { body: { text: 'Be **kind** to each other.' } })
  await fresh(async (page) => {
    await page.goto('/login')
    await enter(page, person)
    await page.getByRole('heading', { name: 'Terms of use' }).waitFor()
    await expectAccessible(page, 'the terms')
    await page.getByRole('button', { name: 'I do not accept' }).click()
    await page.getByLabel('E-mail or username').waitFor()
    await enter(page, person)
    await page.getByRole('button', { name: 'I accept' }).click()
    await inTownSquare(page)
  })
  await at.root.call(settings.patch, { body: { SupportSettings: { CustomTermsOfServiceEnabled: false } } })
})

it('has the pages that official apps and mails open', async () => {
  const { page } = visitor
  await page.goto('/error?type=oauth_access_denied&service=Openid')
  await page.getByText('You have not given the other program access.').waitFor()
  await expectAccessible(page, 'an error page')
  await page.goto('/error?type=<b>x</b>')
  await page.getByText('Something that began outside of this page did not work.').waitFor()
  await page.goto('/login/desktop?client_token=a')
  await page.getByText('This link is not complete.').waitFor()
  // The browser's half: it hands over to the app, which is not there, and stays where it is.
  await page.goto('/login/desktop?client_token=a&server_token=b&redirect_to=//evil.example')
  await page.getByRole('heading', { name: 'Continue in the desktop app' }).waitFor()
  const app = await page.getByRole('link', { name: 'Open the app' }).getAttribute('href')
  expect(app).toMatch(/^mattermost:\/\/127\.0\.0\.1:\d+\/login\/desktop\?client_token=a/)
  await expectAccessible(page, 'handing over to the app')
  // The app's half, with a token that the server does not know.
  await page.evaluate("sessionStorage.setItem('DESKTOP_AUTH_TOKEN', 'a')")
  await page.goto('/login/desktop?client_token=a&server_token=b')
  await page.getByRole('heading', { name: 'Signing in to the app did not work' }).waitFor()
})

it('follows the links of mails into a conversation, signed in or not', async () => {
  // The other page may still ask whether the desktop app should be opened.
  const { page } = await visit(browser, at.server.url)
  await page.goto('/login')
  await enter(page, at.ana)
  await inTownSquare(page)
  await page.goto(`/landing#/${at.team.name}/channels/off-topic`)
  await page.getByRole('heading', { name: 'Off-Topic' }).first().waitFor()
  await page.goto('/landing#//evil.example/x')
  await expect.poll(() => new URL(page.url()).host).toBe(new URL(at.server.url).host)
  await page.getByRole('heading', { name: 'Off-Topic' }).first().waitFor()
  await page.goto('/_redirect/channels/town-square')
  await inTownSquare(page)
})
