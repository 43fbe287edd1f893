/**
 * A seat: a person at a desk or with a phone, in German or English. What a person does is told by the ids of
 * the interface's texts, so that one journey runs at every seat.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Locator } from 'playwright-core'
import { createIntl } from 'react-intl'
import type { TextId } from '../apps/web/src/i18n/catalogue.ts'
import { expectAccessible, type Look, longPress, picture, type Visitor, visit } from './browser.ts'

type Say = (id: TextId, values?: Record<string, string | number>) => string

const folder = join(import.meta.dirname, '../apps/web/src/i18n')

/** The texts of the interface in a language. */
export const textsOf = async (locale: 'de' | 'en'): Promise<Say> => {
  const names = await readdir(join(folder, locale))
  const files = await Promise.all(names.map((name) => readFile(join(folder, locale, name), 'utf8')))
  const messages: Record<string, string> = Object.assign({}, ...files.map((file) => JSON.parse(file)))
  const intl = createIntl({ locale, messages })
  return (id, values) => intl.formatMessage({ id }, values)
}

export type Seat = Visitor & {
  say: Say
  isPhone: boolean
  /** Presses with the mouse or with a finger. */
  press(target: Locator): Promise<void>
  /** The list of channels; on a phone it is opened first. */
  side(): Promise<Locator>
  pressAside(locate: (side: Locator) => Locator): Promise<void>
  /** Opens a channel from the list. */
  open(name: string): Promise<void>
  /** The field for messages in the middle, and that of a thread. */
  box(): Locator
  pane(): Locator
  row(text: string, within?: Locator): Locator
  write(text: string): Promise<void>
  answer(text: string): Promise<void>
  /** Chooses from the menu of a message: from its toolbar, or by a long press on a phone. */
  choose(row: Locator, item: RegExp | string): Promise<void>
  closePane(): Promise<void>
  /** Takes a picture, and expects that the screen is accessible. */
  look(name: string): Promise<void>
}

/** Signs a person in by the form of the page. */
export const takeSeat = async (
  browser: Browser,
  origin: string,
  person: { username: string; password: string },
  look: Required<Look>,
): Promise<Seat> => {
  const visitor = await visit(browser, origin, look)
  const { page } = visitor
  const say = await textsOf(look.locale)
  const isPhone = look.size === 'phone'
  const named = `${person.username}-${look.locale}-${look.size}`
  const main = page.getByRole('main')
  const pane = () => page.getByRole('complementary')
  const press = (target: Locator) => (isPhone ? target.tap() : target.click())

  await page.goto('/login')
  await page.getByLabel(say('signIn.loginId')).fill(person.username)
  await page.getByLabel(say('signIn.password'), { exact: true }).fill(person.password)
  await press(page.getByRole('button', { name: say('signIn.submit'), exact: true }))
  // The sign-in page has a heading, too.
  await page.locator('[data-composer] textarea').waitFor()

  const seat: Seat = {
    ...visitor,
    say,
    isPhone,
    press,
    async side() {
      const side = page.getByRole('navigation', { name: say('main.channels') })
      // The drawer makes the rest of the page inert.
      if (isPhone && (await page.locator('main[inert]').count()) === 0)
        await press(main.getByRole('button', { name: say('main.channels'), exact: true }))
      return side
    },
    pressAside: async (locate) => press(locate(await seat.side())),
    async open(name) {
      await seat.pressAside((side) => side.locator('a[data-channel]', { hasText: name }))
      await main.getByRole('heading', { level: 1, name }).waitFor()
    },
    box: () => main.getByRole('textbox').last(),
    pane,
    row: (text, within = main) => within.locator('article[data-post]').filter({ hasText: text }).last(),
    async write(text) {
      await seat.box().fill(text)
      await press(main.getByRole('button', { name: say('composer.send'), exact: true }))
      await main
        .getByRole('article')
        .filter({ hasText: text.split('\n')[0] ?? '' })
        .last()
        .waitFor()
    },
    async answer(text) {
      await pane()
        .getByRole('textbox', { name: say('thread.answer') })
        .fill(text)
      await press(pane().getByRole('button', { name: say('composer.send'), exact: true }))
      await seat.row(text, pane()).waitFor()
    },
    async choose(row, item) {
      if (isPhone) await longPress(page, row)
      else {
        await row.hover()
        await press(page.getByRole('button', { name: say('post.more'), exact: true }).last())
      }
      await press(page.getByRole('menuitem', { name: item }).first())
    },
    async closePane() {
      await press(pane().getByRole('button', { name: say('action.close'), exact: true }))
      await pane().waitFor({ state: 'detached' })
    },
    async look(name) {
      await picture(page, `day-${named}-${name}`)
      await expectAccessible(page, `${name}, ${named}`)
    },
  }
  return seat
}
