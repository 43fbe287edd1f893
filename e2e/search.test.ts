/** Finding: messages by words and modifiers, marked messages, bookmarks, and places by a few letters. */
import { type Person, type Place, place, signUp, write } from '@plausch/testkit'
import { type Channel, channels, members, type Post, posts, preferences } from '@plausch/wire'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, openBrowser, type Visitor, visit, webFolder } from './browser.ts'

let at: Place
let browser: Browser
let ana: Visitor
let beam: Channel
let cold: Post

const signIn = async (page: Page, person: Person): Promise<void> => {
  await page.goto('/')
  await page.getByLabel('E-mail or username').fill(person.username)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation').first().waitFor()
}

/** Checks of accessibility take their time. */
const SLOW = { timeout: 180_000 }

const channel = (by: Person, name: string, display_name: string, type: 'O' | 'P' = 'O') =>
  by.call(channels.create, { body: { team_id: at.team.id, name, display_name, type } })

beforeAll(async () => {
  at = await place({ webFolder })
  browser = await openBrowser()
  beam = await channel(at.ana, 'beam', 'Prüfstand')
  await at.bo.call(members.add, { params: { channel_id: beam.id }, body: { user_id: at.bo.id } })
  await channel(at.root, 'safety', 'Strahlenschutz')
  cold = await write(at.bo, beam, 'The cryostat is cold, die Prüfung beginnt')
  for (let n = 0; n < 70; n++) await write(at.bo, beam, `between ${n}`)
  await write(at.bo, beam, `The cold beam time, @${at.ana.username}`)
  await write(at.ana, at.townSquare, 'cold coffee')
  ana = await visit(browser, at.server.url)
  await signIn(ana.page, at.ana)
  await ana.page.goto(`/${at.team.name}/channels/town-square`)
  await ana.page.getByRole('article').first().waitFor()
})
afterAll(async () => {
  await browser.close()
  await at.stop()
})

const pane = (name: string) => ana.page.getByRole('complementary', { name })
const hits = (name = 'Search') => pane(name).getByRole('article')
const field = () => pane('Search').getByRole('combobox')
const search = async (terms: string) => {
  await field().fill(terms)
  await field().press('Enter')
}
const texts = async (name?: string) => (await hits(name).allInnerTexts()).join('\n')

describe('search', () => {
  it('finds words, phrases, exclusions and umlauts', SLOW, async () => {
    const { page } = ana
    await page.keyboard.press('Control+Shift+F')
    await field().waitFor()
    await expectAccessible(page, 'search before it begins')
    await search('cold')
    await expect.poll(() => hits().count()).toBe(3)
    await expectAccessible(page, 'search')
    await search('"cold beam"')
    await expect.poll(() => texts()).toContain('beam time')
    await expect.poll(() => hits().count()).toBe(1)
    await search('cold -coffee')
    await expect.poll(() => hits().count()).toBe(2)
    await search('pruefung')
    await expect.poll(() => texts()).toContain('Prüfung beginnt')
    await search('nothinglikethis')
    await pane('Search').getByText('Nothing found').waitFor()
  })

  it('completes modifiers while they are typed, and finds by them', async () => {
    const { page } = ana
    await field().fill('')
    await field().pressSequentially('cold from:m')
    await page.getByRole('option', { name: /written by you/ }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => field().inputValue()).toBe('cold from:me ')
    await page.keyboard.press('Enter')
    await expect.poll(() => texts()).toContain('cold coffee')
    expect(await hits().count()).toBe(1)
    await field().fill('')
    await field().pressSequentially('cold in:pruef')
    await page.getByRole('option', { name: /beam/ }).click()
    await page.keyboard.press('Enter')
    await expect.poll(() => hits().count()).toBe(2)
    const day = new Date().toISOString().slice(0, 10)
    await search(`cold before:${day}`)
    await pane('Search').getByText('Nothing found').waitFor()
  })

  it('jumps to an old message in its context, and the last searches are kept', async () => {
    const { page } = ana
    await search('cryostat')
    await expect.poll(() => hits().count()).toBe(1)
    await hits()
      .getByRole('button', { name: /show there/ })
      .click()
    await expect.poll(() => page.url()).toContain(cold.id)
    await page.getByRole('main').getByText('between 3', { exact: true }).waitFor()
    await expect.poll(() => page.evaluate('document.activeElement?.dataset.post')).toBe(cold.id)
    await page.reload()
    await page.getByRole('article').first().waitFor()
    await page.keyboard.press('Control+Shift+F')
    await pane('Search').getByRole('button', { name: 'cryostat', exact: true }).click()
    await expect.poll(() => hits().count()).toBe(1)
  })
})

describe('marked messages', () => {
  it('pinned, saved and mentioning ones are in panes, and lead to their place', SLOW, async () => {
    const { page } = ana
    await at.bo.call(posts.pin, { params: { post_id: cold.id } })
    const mark = { user_id: at.ana.id, category: 'flagged_post', name: cold.id, value: 'true' }
    await at.ana.call(preferences.save, { params: { user_id: 'me' }, body: [mark] })
    await page.goto(`/${at.team.name}/channels/beam`)
    await page.getByRole('article').last().waitFor()
    await page.keyboard.press('Alt+Shift+P')
    await expect.poll(() => texts('Pinned messages')).toContain('cryostat')
    await at.bo.call(posts.unpin, { params: { post_id: cold.id } })
    await pane('Pinned messages').getByText('Nothing pinned yet').waitFor()
    await page.keyboard.press('Alt+Shift+M')
    await expect.poll(() => texts('Recent mentions')).toContain('beam time')
    await page.keyboard.press('Alt+Shift+S')
    await expect.poll(() => texts('Saved messages')).toContain('cryostat')
    await expectAccessible(page, 'saved messages')
    await hits('Saved messages')
      .getByRole('button', { name: /show there/ })
      .press('Enter')
    await expect.poll(() => page.url()).toContain(cold.id)
    await pane('Saved messages').getByRole('button', { name: 'Remove from saved messages' }).click()
    await pane('Saved messages').getByText('Nothing saved yet').waitFor()
  })

  it('a channel has facts, and bookmarks that are added, moved by the menu, and deleted', SLOW, async () => {
    const { page } = ana
    await page.goto(`/${at.team.name}/channels/beam`)
    await page.getByRole('article').last().waitFor()
    await page.keyboard.press('Control+Alt+i')
    await pane('Prüfstand').getByText(beam.id).waitFor()
    await expectAccessible(page, 'about a channel')
    await page.keyboard.press('Escape')
    const add = async (link: string, name: string) => {
      await page.getByRole('main').getByRole('heading').getByRole('button').first().click()
      await page.getByRole('menuitem', { name: 'Add bookmark' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Address').fill(link)
      await dialog.getByLabel('Name', { exact: true }).fill(name)
      await dialog.getByRole('button', { name: 'Add bookmark' }).click()
      await dialog.waitFor({ state: 'detached' })
    }
    await add('example.org/plan', 'Plan')
    await add('https://example.org/log', 'Log')
    const bar = page.getByRole('navigation', { name: 'Bookmarks' })
    await expect.poll(() => bar.getByRole('link').allInnerTexts()).toEqual(['Plan', 'Log'])
    await bar.getByRole('button', { name: 'Actions for Log' }).click()
    await page.getByRole('menuitem', { name: 'Move left' }).click()
    await expect.poll(() => bar.getByRole('link').allInnerTexts()).toEqual(['Log', 'Plan'])
    await bar.getByRole('button', { name: 'Actions for Log' }).click()
    await page.getByRole('menuitem', { name: 'Delete bookmark' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete bookmark' }).click()
    await expect.poll(() => bar.getByRole('link').allInnerTexts()).toEqual(['Plan'])
  })
})

describe('the quick switcher', () => {
  const option = (name: string | RegExp) => ana.page.getByRole('option', { name })

  it('keeps the letters that are typed before it is open, and finds folded names', SLOW, async () => {
    const { page } = ana
    await page.goto(`/${at.team.name}/channels/town-square`)
    await page.getByRole('article').first().waitFor()
    // In the same turn: nothing is rendered yet.
    await page.evaluate(`
      const press = (key, ctrlKey = false) =>
        document.activeElement.dispatchEvent(
          new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }),
        )
      press('k', true)
      for (const key of 'pruef') press(key)
    `)
    await option(/Prüfstand/).waitFor()
    expect(await page.getByRole('combobox', { name: 'Go to channel or person' }).inputValue()).toBe('pruef')
    await expectAccessible(page, 'quick switcher')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url()).toContain('/channels/beam')
  })

  it('does actions, finds people, and joins public channels', async () => {
    const { page } = ana
    await page.keyboard.press('Control+k')
    await page.keyboard.type('>saved')
    await option(/Saved messages/).waitFor()
    await page.keyboard.press('Enter')
    await pane('Saved messages').waitFor()
    await page.keyboard.press('Escape')
    const kim = await signUp(at.server, 'kim', at.team.invite_id)
    await page.keyboard.press('Control+k')
    await page.keyboard.type(kim.username)
    await option(new RegExp(kim.username)).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('strahlen')
    await option(/Strahlenschutz/).click()
    await expect.poll(() => page.url()).toContain('/channels/safety')
    await page.getByRole('main').getByRole('textbox').waitFor()
    expect(ana.problems).toEqual([])
  })
})
