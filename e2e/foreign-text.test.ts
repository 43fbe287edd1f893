/** What people write is text in the browser of others: nothing of it runs, and no link leads to code. */
import { type Person, signIn, type TestServer } from '@plausch/testkit'
import { channels, posts, teams, users } from '@plausch/wire'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, serveClient, type Visitor, visit } from './browser.ts'

const RUN = 'window.ran=1'

const ELEMENTS = [
  `<script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<svg onload="${RUN}">`,
  `<iframe srcdoc="<script>parent.ran=1</script>">`,
  `<details open ontoggle=${RUN}>`,
  `<math><mtext></mtext><script>${RUN}</script></math>`,
  `"><img src=x onerror=${RUN}>`,
]

const MESSAGES = [
  ...ELEMENTS,
  ...ELEMENTS.flatMap((each) => [`\`${each}\``, `~${each}`, `@${each}`, `:${each}:`, `#${each}`]),
  ...[`\`\`\`\n${ELEMENTS[0]}\n\`\`\``, `| ${ELEMENTS[1]} | b |\n|-|-|\n| ${ELEMENTS[2]} | c |`],
  ...[
    `[a](javascript:${RUN})`,
    `[a](JaVaScRiPt:${RUN})`,
    `[a]( javascript:${RUN} )`,
    `[a](java\nscript:${RUN})`,
  ],
  ...[`[a](&#106;avascript:${RUN})`, `[a](vbscript:msgbox)`, `[a](data:text/html,<script>${RUN}</script>)`],
  ...[
    `![a](x" onerror="${RUN})`,
    `http://x.invalid/"onmouseover="${RUN}`,
    `<a href="javascript:${RUN}">a</a>`,
  ],
]

let server: TestServer
let browser: Browser
let mia: Visitor
beforeAll(async () => {
  server = await serveClient()
  browser = await openBrowser()
  mia = await visit(browser, server.url)
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const signUp = async (): Promise<void> => {
  const { page } = mia
  await page.goto('/')
  await page.getByLabel('Your name').fill(ELEMENTS[1] ?? '')
  await page.getByLabel('E-mail').fill('mia@example.org')
  await page.getByLabel('Username').fill('mia')
  await page.getByLabel('Password', { exact: true }).fill('ein langes Passwort')
  await page.getByRole('button', { name: 'Create administrator' }).click()
  await page.getByLabel('Name of the team').fill(ELEMENTS[2] ?? '')
  await page.getByRole('button', { name: 'Create team' }).click()
  await page.getByRole('heading', { name: 'Town Square' }).first().waitFor()
}

/** Fills every field of the person and the channel, and writes the messages; the last one is `end`. */
const writeAll = async (by: Person, end: string): Promise<void> => {
  const [nickname = '', first_name = '', last_name = '', position = ''] = ELEMENTS
  const me = { user_id: 'me' }
  await by.call(users.patch, { params: me, body: { nickname, first_name, last_name, position } })
  const [team] = await by.call(teams.listOfUser, { params: me })
  const params = { team_id: team?.id ?? '', channel_name: 'town-square' }
  const town = await by.call(channels.getByName, { params })
  const texts = { header: `${ELEMENTS[1]} [a](javascript:${RUN})`, purpose: last_name }
  await by.call(channels.patch, { params: { channel_id: town.id }, body: texts })
  for (const message of [...MESSAGES, end])
    await by.call(posts.create, { body: { channel_id: town.id, message } })
}

it('runs nothing of what people write, wherever it is shown', async () => {
  const { page } = mia
  const main = page.getByRole('main')
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await signUp()
  await writeAll(await signIn(server, 'mia', 'ein langes Passwort'), 'the end')
  await page.reload()
  await main.locator('p', { hasText: 'the end' }).waitFor()
  for (let round = 0; round < 15; round += 1) {
    const links = await main.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    expect(links.filter((href) => /^\s*(javascript|vbscript|data):/i.test(href ?? ''))).toEqual([])
    expect(await main.locator('script, iframe, [onerror], [onload], [ontoggle], [onmouseover]').count()).toBe(
      0,
    )
    await main.hover({ position: { x: 300, y: 200 + round * 20 } })
    await page.mouse.wheel(0, -500)
  }
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Go to channel or person' }).fill('mia')
  await page.getByRole('option').first().waitFor()
  expect(await page.evaluate('window.ran')).toBeUndefined()
  expect(dialogs).toEqual([])
})
