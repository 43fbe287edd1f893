/**
 * What can be done with messages and what they show: reactions, the emoji picker, pins, saved messages,
 * versions, confirmations, notes of the system, code, formulas, attachments and dialogs of integrations.
 */
import { mkdir } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Person, type Place, place, write } from '@plausch/testkit'
import { channels, members, posts, preferences, reactions, settings, users } from '@plausch/wire'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { expectAccessible, openBrowser, outputFolder, type Visitor, visit, webFolder } from './browser.ts'

let at: Place
let browser: Browser
let ana: Visitor
let page: Page
let integration: Server
let integrationUrl: string
/** What the integration was sent, and what it answers next. */
const asked: Record<string, unknown>[] = []
let answer: (body: Record<string, unknown>) => unknown = () => ({})

const listen = async (): Promise<void> => {
  integration = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    request.on('end', () => {
      const body = JSON.parse(text || '{}') as Record<string, unknown>
      asked.push(body)
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(answer(body)))
    })
  })
  await new Promise<void>((resolve) => integration.listen(0, '127.0.0.1', resolve))
  integrationUrl = `http://127.0.0.1:${(integration.address() as AddressInfo).port}/`
}

/** Signs a person in and opens the first channel. */
const open = async (person: Person, look: Parameters<typeof visit>[2] = {}): Promise<Visitor> => {
  const visitor = await visit(browser, at.server.url, look)
  await visitor.page.goto('/login')
  const isGerman = look.locale === 'de'
  await visitor.page.getByLabel(isGerman ? /Benutzername|E-Mail/ : /username|e-mail/i).fill(person.username)
  await visitor.page.getByLabel(isGerman ? 'Passwort' : 'Password', { exact: true }).fill(person.password)
  await visitor.page.getByRole('button', { name: isGerman ? 'Anmelden' : 'Sign in' }).click()
  await visitor.page.waitForURL(/\/channels\//)
  await visitor.page.goto(`/${at.team.name}/channels/town-square`)
  await visitor.page.getByRole('main').getByRole('textbox').last().waitFor()
  return visitor
}

/** The names of the marks that the page paints in code. */
const PAINTED = '[...CSS.highlights].filter(([, { size }]) => size > 0).map(([name]) => name)'

const shot = (name: string, from: Page = page) =>
  from.screenshot({ path: join(outputFolder, `rows-${name}.png`) })

const row = (text: string, from: Page = page) => from.getByRole('article').filter({ hasText: text }).last()

beforeAll(async () => {
  await mkdir(outputFolder, { recursive: true })
  await listen()
  at = await place({ webFolder })
  await at.root.call(settings.patch, {
    body: {
      ServiceSettings: {
        EnableLatex: true,
        EnableInlineLatex: true,
        AllowedUntrustedInternalConnections: '127.0.0.1',
        SiteURL: at.server.url,
      },
    },
  })
  browser = await openBrowser()
  ana = await open(at.ana)
  page = ana.page
})
afterAll(async () => {
  await browser.close()
  await at.stop()
  integration.close()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await shot(`failed-${task.name.slice(0, 40)}`)
})

it('reactions: counted, named, toggled by press, and undone if the server refuses', async () => {
  const post = await write(at.bo, at.townSquare, 'A reason to celebrate')
  await at.bo.call(reactions.save, { body: { user_id: at.bo.id, post_id: post.id, emoji_name: 'tada' } })
  const chip = row('A reason to celebrate').getByRole('button', { name: /🎉, \d/ })
  await expect.poll(() => chip.getAttribute('aria-label')).toMatch(/^🎉, 1 reaction: bo/)
  await chip.click()
  await expect.poll(() => chip.getAttribute('aria-pressed')).toBe('true')
  await expect.poll(() => chip.getAttribute('aria-label')).toMatch(/^🎉, 2 reactions: You and bo/)
  await expect.poll(() => at.bo.call(reactions.list, { params: { post_id: post.id } })).toHaveLength(2)
  await chip.click()
  await expect.poll(() => chip.getAttribute('aria-pressed')).toBe('false')
  await page.route('**/api/v4/reactions', (route) => route.fulfill({ status: 500, body: '{}' }), { times: 1 })
  await chip.click()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect.poll(() => chip.getAttribute('aria-pressed')).toBe('false')
})

it('the row is named "author, time, text, reactions, replies"', async () => {
  const post = await write(at.bo, at.townSquare, 'Named row')
  await at.ana.call(reactions.save, { body: { user_id: at.ana.id, post_id: post.id, emoji_name: '+1' } })
  await write(at.bo, at.townSquare, 'an answer', post.id)
  const named = page.locator(`[data-post="${post.id}"]`)
  await expect
    .poll(async () => (await named.ariaSnapshot()).split('\n')[0])
    .toMatch(/article "bo\w* \d+:\d\d [AP]M Named row 1 reaction: 👍 1 1 reply/)
})

it('the picker: by key, searched in both languages, chosen by arrow keys', async () => {
  await write(at.bo, at.townSquare, 'Pick something')
  const target = row('Pick something')
  await target.focus()
  await page.keyboard.press('+')
  const field = page.getByRole('combobox', { name: 'Search emoji' })
  await field.waitFor()
  await page.getByRole('gridcell').first().waitFor()
  // The list scrolls with each message that comes.
  for (const text of ['One comes', 'Another comes', 'A third comes']) {
    await write(at.bo, at.townSquare, `${text}${'\n- a line'.repeat(8)}`)
    await row(text).waitFor()
  }
  await shot('picker')
  await expectAccessible(page, 'the emoji picker')
  await field.fill('rocket')
  await expect.poll(() => page.getByRole('gridcell').first().textContent()).toBe('🚀')
  await field.press('Enter')
  await target.getByRole('button', { name: /🚀, 1 reaction/ }).waitFor()
  await expect.poll(() => field.count()).toBe(0)
  await target.hover()
  await page.getByRole('button', { name: 'React with 🚀' }).waitFor()
})

it('pins and saves by key; marks show it to whom it concerns', async () => {
  const post = await write(at.bo, at.townSquare, 'Worth keeping')
  const target = row('Worth keeping')
  await target.focus()
  await page.keyboard.press('p')
  await target.getByText('Pinned', { exact: true }).waitFor()
  await page.keyboard.press('s')
  await target.getByText('Saved', { exact: true }).waitFor()
  await expect
    .poll(async () => (await at.bo.call(posts.get, { params: { post_id: post.id } })).is_pinned)
    .toBe(true)
  const saved = { user_id: 'me', category: 'flagged_post' }
  await expect
    .poll(async () =>
      (await at.ana.call(preferences.listCategory, { params: saved })).map(({ name }) => name),
    )
    .toEqual([post.id])
  await page.keyboard.press('s')
  await expect.poll(() => target.getByText('Saved', { exact: true }).count()).toBe(0)
})

it('an edited message has versions for its author, and an earlier one can be restored', async () => {
  const post = await write(at.ana, at.townSquare, 'First words')
  await at.ana.call(posts.patch, { params: { post_id: post.id }, body: { message: 'Second words' } })
  await row('Second words').getByRole('button', { name: '(edited)' }).click()
  const dialog = page.getByRole('dialog', { name: 'Versions of your message' })
  await dialog.getByText('First words').waitFor()
  await shot('versions')
  await expectAccessible(page, 'the versions of a message')
  await dialog.getByRole('button', { name: 'Restore' }).click()
  await row('First words').waitFor()
  await expect.poll(() => dialog.count()).toBe(0)
})

it('a message that asks for confirmation gets it, and says who gave it', async () => {
  const metadata = { priority: { priority: 'urgent' as const, requested_ack: true } }
  const body = { channel_id: at.townSquare.id, message: 'Leave the building', metadata }
  await at.bo.call(posts.create, { body })
  const target = row('Leave the building')
  await target.getByText('Urgent', { exact: true }).waitFor()
  await target.getByRole('button', { name: 'Confirm that I have read this' }).click()
  await target.getByRole('button', { name: 'Confirmed', exact: true }).waitFor()
  await target.getByRole('button', { name: '1 person has confirmed' }).click()
  await page.getByRole('dialog', { name: 'Who has confirmed' }).getByText(/^ana/).waitFor()
  await page.keyboard.press('Escape')
})

it('reminds at a chosen time', async () => {
  await write(at.bo, at.townSquare, 'To be remembered')
  await row('To be remembered').focus()
  await page.keyboard.press('m')
  const dialog = page.getByRole('dialog', { name: 'Remind me of this message' })
  await dialog.getByText('In three hours').click()
  await shot('remind')
  await dialog.getByRole('button', { name: 'Remind me' }).click()
  await page
    .getByText(/You will be reminded/)
    .first()
    .waitFor()
  await expect.poll(() => dialog.count()).toBe(0)
})

it('what one person does to others is one note, in the language of the reader', async () => {
  const body = { team_id: at.team.id, name: 'notes', display_name: 'Notes', type: 'O' as const }
  const channel = await at.ana.call(channels.create, { body })
  await at.ana.call(members.add, { params: { channel_id: channel.id }, body: { user_id: at.bo.id } })
  await at.ana.call(members.add, { params: { channel_id: channel.id }, body: { user_id: at.root.id } })
  await page.goto(`/${at.team.name}/channels/notes`)
  await page.getByText(/^ana\w* added bo\w* and root\w*\.$/).waitFor()
  await page.goto(`/${at.team.name}/channels/town-square`)
})

it('code is coloured and copied, formulas are drawn, long texts are folded', async () => {
  await write(at.bo, at.townSquare, '```python\ndef area(r):\n    return 3.14 * r ** 2  # a circle\n```')
  const block = row('def area')
  await expect
    .poll(() => page.evaluate<string[]>(PAINTED))
    .toEqual(expect.arrayContaining(['code-keyword', 'code-number', 'code-comment']))
  await block.getByText('python', { exact: true }).waitFor()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await block.hover()
  await block.getByRole('button', { name: 'Copy code' }).click()
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('def area(r):')

  await write(
    at.bo,
    at.townSquare,
    'Energy $E = mc^2$ and\n```math\n\\int_0^1 \\frac{x^2}{\\sqrt{2}} dx\n```',
  )
  await row('Energy').locator('math mfrac').waitFor()
  await shot('code-and-formulas')

  const lines = Array.from({ length: 60 }, (_, i) => `line ${i}`).join('\n')
  await write(at.bo, at.townSquare, lines)
  const long = row('line 0')
  const top = async () => Math.round((await long.boundingBox())?.y ?? 0)
  const more = long.getByRole('button', { name: 'Show more' })
  const height = async () => (await long.boundingBox())?.height ?? 0
  await more.focus()
  await expect.poll(height).toBeLessThan(560)
  const before = await top()
  await more.press('Enter')
  await expect.poll(height).toBeGreaterThan(1200)
  expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1)
  await long.getByRole('button', { name: 'Show less' }).click()
  await expect.poll(height).toBeLessThan(560)
  await page.goto(`/${at.team.name}/channels/town-square`)
})

it('a link to a message shows it', async () => {
  const post = await write(at.bo, at.townSquare, 'The original words')
  await write(at.ana, at.townSquare, `see ${at.server.url}/${at.team.name}/pl/${post.id}`)
  const quoted = row('see http').getByRole('blockquote')
  await quoted.getByText('The original words').waitFor()
  await quoted.getByRole('button', { name: 'Show in Town Square' }).click()
  await expect.poll(() => page.url()).toContain(post.id)
  await page.goto(`/${at.team.name}/channels/town-square`)
})

it('attachments of integrations: buttons and menus are pressed, dialogs are filled in', async () => {
  const integrationOf = (name: string) => ({ url: integrationUrl, context: { name } })
  const attachment = {
    color: '#2a8a4a',
    author_name: 'Build server',
    title: 'Build 42',
    title_link: 'https://example.org/42',
    text: 'All **checks** passed.',
    fields: [
      { title: 'Branch', value: 'main', short: true },
      { title: 'Took', value: 93, short: true },
    ],
    footer: 'ci',
    actions: [
      { id: 'deploy', name: 'Deploy', style: 'primary', integration: integrationOf('deploy') },
      {
        ...{ id: 'where', name: 'Where', type: 'select', integration: integrationOf('where') },
        options: [
          { text: 'Staging', value: 's' },
          { text: 'Production', value: 'p' },
        ],
      },
    ],
  }
  const body = {
    channel_id: at.townSquare.id,
    message: 'Build finished',
    props: { attachments: [attachment] },
  }
  await at.bo.call(posts.create, { body })
  const target = row('Build finished')
  await target.getByRole('link', { name: 'Build 42' }).waitFor()
  await target.getByText('93').waitFor()
  await shot('attachment')

  answer = () => ({ ephemeral_text: 'Chosen.' })
  await target.getByRole('button', { name: 'Where' }).click()
  await page.getByRole('menuitemradio', { name: 'Production' }).click()
  await expect.poll(() => asked.at(-1)).toMatchObject({ context: { name: 'where', selected_option: 'p' } })
  await row('Chosen.').getByText('Only visible to you').waitFor()
  await row('Chosen.').getByRole('button', { name: 'Hide this message' }).click()
  await expect.poll(() => page.getByText('Chosen.').count()).toBe(0)

  answer = (pressed) => {
    const dialog = {
      title: 'Deploy',
      introduction_text: 'This takes **a minute**.',
      submit_label: 'Deploy now',
      elements: [
        { display_name: 'Reason', name: 'reason', type: 'text', help_text: 'For the log' },
        { display_name: 'Servers', name: 'servers', type: 'text', subtype: 'number', optional: true },
        { display_name: 'Quietly', name: 'quiet', type: 'bool', optional: true },
      ],
    }
    void fetch(`${at.server.url}/api/v4/actions/dialogs/open`, {
      method: 'POST',
      body: JSON.stringify({ trigger_id: pressed.trigger_id, url: integrationUrl, dialog }),
    })
    return {}
  }
  await target.getByRole('button', { name: 'Deploy', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Deploy' })
  await dialog.getByText('a minute').waitFor()
  await shot('dialog')
  await expectAccessible(page, 'the dialog of an integration')
  await dialog.getByRole('button', { name: 'Deploy now' }).click()
  await dialog.getByText('Please fill this in.').waitFor()
  answer = () => ({ errors: { reason: 'Too vague' } })
  await dialog.getByLabel('Reason').fill('because')
  await dialog.getByRole('button', { name: 'Deploy now' }).click()
  await dialog.getByText('Too vague').waitFor()
  answer = () => ({})
  await dialog.getByLabel('Reason').fill('release')
  await dialog.getByLabel('Servers (optional)').fill('3')
  await dialog.getByRole('button', { name: 'Deploy now' }).click()
  await expect.poll(() => dialog.count()).toBe(0)
  await expect
    .poll(() => asked.at(-1))
    .toMatchObject({ submission: { reason: 'release', servers: 3, quiet: false } })
})

it('has no accessibility problem, in both languages, light and dark, wide and narrow', async () => {
  await expectAccessible(page, 'the messages')
  await at.bo.call(users.patch, { params: { user_id: 'me' }, body: { locale: 'de' } })
  for (const [locale, scheme, size] of [
    ['de', 'dark', 'desk'],
    ['de', 'light', 'phone'],
  ] as const) {
    const other = await open(at.bo, { locale, scheme, size })
    await row('A reason to celebrate', other.page).waitFor({ state: 'attached' })
    await shot(`${locale}-${scheme}-${size}`, other.page)
    await expectAccessible(other.page, `${locale} ${scheme} ${size}`)
    await other.page.getByRole('article').first().scrollIntoViewIfNeeded()
    await shot(`${locale}-${scheme}-${size}-top`, other.page)
    await other.context.close()
  }
  expect(ana.problems.filter((problem) => !problem.includes('500'))).toEqual([])
}, 180_000)
