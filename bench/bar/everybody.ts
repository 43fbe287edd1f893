/** E. Everyone can use it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { posts } from '@plausch/wire'
import { accessibilityProblems } from '../../e2e/accessibility.ts'
import { type Check, type Finding, none, parts } from './check.ts'
import { composerOf, type Look, openChat, type Rig, type Tab } from './rig.ts'

/** What can be opened from a channel by keyboard, and how. */
const openings: { name: string; open(tab: Tab): Promise<unknown> }[] = [
  { name: 'channel', open: async () => undefined },
  { name: 'quick switcher', open: ({ page }) => page.keyboard.press('Control+k') },
  { name: 'shortcuts', open: ({ page }) => page.keyboard.press('Control+/') },
  { name: 'members', open: ({ page }) => page.keyboard.press('Control+Shift+m') },
  {
    name: 'message menu',
    async open({ page }) {
      await page.locator('[data-messages] [data-post]').last().focus()
      await page
        .getByRole('main')
        .getByRole('button', { name: /^(?:More|Mehr)/ })
        .last()
        .click()
    },
  },
]

const violations = async (tab: Tab, screen: string): Promise<string[]> =>
  (await accessibilityProblems(tab.page)).map((problem) => `${screen}: ${problem}`)

const everyLook = (rig: Rig): Look[] =>
  rig.isShort
    ? [{ locale: 'de' }, { locale: 'en', scheme: 'dark', phone: true }]
    : (['de', 'en'] as const).flatMap((locale) =>
        (['light', 'dark'] as const).flatMap((scheme) =>
          [false, true].map((phone) => ({ locale, scheme, phone })),
        ),
      )

const nameOf = ({ locale = 'en', scheme = 'light', phone }: Look) =>
  [locale, scheme, phone ? 'phone' : 'desk'].join(' ')

const axe: Check = {
  number: 37,
  what: 'axe-core on sign-in, a channel and what opens from it',
  wanted: '0 violations',
  isDeterministic: true,
  async run(rig) {
    const problems: string[] = []
    let screens = 0
    for (const look of everyLook(rig)) {
      const media = { reducedMotion: 'reduce' as const }
      const entry = await rig.open('/login', { ...look, media, signedOut: true })
      await entry.page.locator('input[type=password]').waitFor()
      problems.push(...(await violations(entry, `sign-in ${nameOf(look)}`)))
      await entry.close()
      const tab = await openChat(rig, rig.data.busiest, { ...look, media })
      for (const { name, open } of openings) {
        const isOpen = await open(tab).then(
          () => true,
          () => false,
        )
        if (!isOpen) continue
        await sleep(400)
        screens++
        problems.push(...(await violations(tab, `${name} ${nameOf(look)}`)))
        await tab.page.keyboard.press('Escape')
        await sleep(150)
      }
      await tab.close()
    }
    return none([...new Set(problems)], `${screens} screens`)
  },
}

const keyboard: Check = {
  number: 38,
  what: 'by keyboard: focus is never lost, is seen, and returns; F6 walks through the regions; Esc goes back',
  wanted: 'all of the actions that are scripted',
  isDeterministic: true,
  async run(rig) {
    const tab = await openChat(rig, rig.data.places[0] as Rig['data']['busiest'])
    const { page } = tab
    const problems: string[] = []
    const focus = () =>
      tab.ask<string>(`(() => {
        const at = document.activeElement
        if (at === null || at === document.body) return 'body'
        const { width, height } = at.getBoundingClientRect()
        return width > 0 && height > 0 ? at.tagName : 'hidden'
      })()`)
    const check = async (name: string) => {
      await sleep(250)
      const at = await focus()
      if (at === 'body' || at === 'hidden') problems.push(`${name}: the focus is on ${at}`)
    }
    const isSeen = `(() => {
      const at = document.activeElement
      // After the last element, the focus is on the browser itself for one step.
      if (at === document.body) return true
      const style = getComputedStyle(at)
      return style.outlineStyle !== 'none' || style.boxShadow !== 'none' || at.matches('textarea, input')
    })()`
    await check('start')
    for (let n = 0; n < 25; n++) {
      await page.keyboard.press('Tab')
      if (!(await tab.ask<boolean>(isSeen)))
        problems.push(
          `Tab ${n}: ${await tab.ask('document.activeElement.outerHTML.slice(0, 80)')} is not marked`,
        )
    }
    await check('Tab')
    const regions = new Set<string>()
    for (let n = 0; n < 6; n++) {
      await page.keyboard.press('F6')
      await check('F6')
      regions.add(
        await tab.ask<string>(
          `document.activeElement.closest('[data-landmark], nav, main, aside')?.outerHTML.slice(0, 60) ?? ''`,
        ),
      )
    }
    if (regions.size < 3) problems.push(`F6 reaches ${regions.size} regions`)
    await composerOf(tab).focus()
    for (const keys of ['Control+k', 'Control+/']) {
      await page.keyboard.press(keys)
      await page.getByRole('dialog').waitFor()
      await check(keys)
      await page.keyboard.press('Escape')
      await tab
        .until(`document.activeElement?.matches('[data-composer] textarea')`, 5000)
        .catch(() => problems.push(`${keys}: the focus does not return`))
    }
    const text = `zum Ändern ${Date.now()}`
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
    await check('send')
    // A message can be edited as soon as the server has it.
    await page.locator('[data-messages] [data-post]').getByText(text).waitFor()
    await page.keyboard.press('ArrowUp')
    await page.getByLabel('Edit message').waitFor()
    await check('edit the last one')
    await page.keyboard.press('End')
    await page.keyboard.type(' geändert')
    await page.keyboard.press('Enter')
    await check('after the edit')
    await page
      .getByText(`${text} geändert`)
      .first()
      .waitFor({ timeout: 5000 })
      .catch(() => problems.push('the edit is not shown'))
    await tab.close()
    return none(problems, 'focus, F6, Esc, send, edit')
  },
}

const spoken: Check = {
  number: 39,
  what: 'screen readers: rows have names; one polite region speaks new messages only, and sums up a rush',
  wanted: 'author, time and text; not the own echo, not history',
  isDeterministic: true,
  async run(rig) {
    const place = rig.data.places[1] as Rig['data']['busiest']
    const tab = await openChat(rig, place)
    // What speaks is loaded after the messages.
    await tab.page.waitForLoadState('networkidle')
    const problems: string[] = []
    const live = `[...document.querySelectorAll('[aria-live=polite], [role=status], [role=log]')].filter((each) => each.closest('dialog') === null)`
    await tab.ask(`(() => {
      globalThis.said = []
      new MutationObserver(() => {
        for (const each of ${live}) if (each.textContent.trim() !== '') said.push(each.textContent.trim())
      }).observe(document.body, { subtree: true, childList: true, characterData: true })
    })()`)
    const unnamed =
      await tab.ask<number>(`[...document.querySelectorAll('[data-messages] [data-post]')].filter((row) => {
      const name = row.getAttribute('aria-label') ?? (row.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ')
      return !/[0-9]/.test(name) && !row.matches('article, li, [role=article]')
    }).length`)
    if (unnamed > 0) problems.push(`${unnamed} rows have neither a name nor a role`)
    const writer = await rig.as(rig.data.authors[0])
    const body = { channel_id: place.id, message: 'bitte vorlesen' }
    await writer.call(posts.create, { body })
    const says = (text: string) => `said.some((each) => each.includes('${text}'))`
    await tab.until(says('bitte vorlesen'), 5000).catch(() => problems.push('a new message is not spoken'))
    await composerOf(tab).fill('mein eigenes Echo')
    await composerOf(tab).press('Enter')
    await sleep(1500)
    if (await tab.ask<boolean>(says('mein eigenes Echo'))) problems.push('the own message is spoken')
    const before = await tab.ask<number>('new Set(said).size')
    for (let n = 0; n < 12; n++) await writer.call(posts.create, { body: { ...body, message: `Flut ${n}` } })
    await sleep(7000)
    const count = (await tab.ask<number>('new Set(said).size')) - before
    if (count > 6) problems.push(`a rush of 12 messages is spoken ${count} times`)
    await tab.close()
    return none(problems, 'rows, a new one, an own one, a rush')
  },
}

/** Elements that can be pressed and are smaller than this. */
const smallerThan = (
  size: number,
) => `[...document.querySelectorAll('button, a[href], input, select, textarea, [role=button], [role=menuitem], [role=option], [role=tab]')]
  .filter((each) => each.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && each.closest('p, [data-text]') === null)
  .map((each) => ({ box: each.getBoundingClientRect(), each }))
  .filter(({ box }) => box.width > 1 && box.height > 1 && (box.width < ${size} || box.height < ${size}))
  .map(({ box, each }) => (each.getAttribute('aria-label') ?? each.textContent.trim().slice(0, 30)) + ' ' + Math.round(box.width) + '×' + Math.round(box.height))`

const targets: Check = {
  number: 40,
  what: 'targets are large enough',
  wanted: '≥ 24 px, ≥ 44 px on touch screens',
  isDeterministic: true,
  async run(rig) {
    const problems: string[] = []
    for (const [look, size] of [
      [{}, 24],
      [{ phone: true }, 44],
    ] as const) {
      const tab = await openChat(rig, rig.data.busiest, look)
      // Links inside of texts are as high as their line.
      const small = await tab.ask<string[]>(`${smallerThan(size)}.filter((text) => text !== '')`)
      problems.push(...new Set(small.map((text) => `${size} px: ${text}`)))
      await tab.close()
    }
    return none(problems, 'a channel, on a desk and by touch')
  },
}

const wide = `document.documentElement.scrollWidth - document.documentElement.clientWidth`

const narrow: Check = {
  number: 41,
  what: '320 and 360 px, text of 200 %, wider spacing, forced colours, reduced motion, the theme of the system',
  wanted: 'no horizontal scrolling, no movement, the theme follows',
  isDeterministic: true,
  async run(rig) {
    const problems: string[] = []
    const tab = await openChat(rig, rig.data.busiest, { phone: true, media: { reducedMotion: 'reduce' } })
    const { page } = tab
    const check = async (name: string) => {
      await sleep(300)
      const surplus = await tab.ask<number>(wide)
      if (surplus > 0) problems.push(`${name}: ${surplus} px too wide`)
    }
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 640 })
      await check(`${width} px`)
    }
    await page.setViewportSize({ width: 683, height: 384 })
    await check('200 %')
    // The measured style is the one that the guideline names (1.4.12).
    await tab.ask(`(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }')
      document.adoptedStyleSheets.push(sheet)
    })()`)
    await check('wider spacing')
    const moving = await tab.ask<number>(
      `document.getAnimations().filter((each) => Number(each.effect?.getComputedTiming().duration) > 1).length`,
    )
    if (moving > 0) problems.push(`${moving} animations in spite of reduced motion`)
    const ground = () =>
      tab.ask<string>(
        `getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor`,
      )
    const light = await ground()
    await page.emulateMedia({ colorScheme: 'dark' })
    if ((await ground()) === light) problems.push('the theme does not follow the system')
    await page.emulateMedia({ forcedColors: 'active' })
    await check('forced colours')
    await tab.close()
    return none(problems, 'six ways')
  },
}

const cut = `[...document.querySelectorAll('button, [role=tab], [role=menuitem], label')]
  .filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).textOverflow !== 'ellipsis' && each.clientWidth > 1)
  .map((each) => each.textContent.trim().slice(0, 40))`

const languages: Check = {
  number: 42,
  what: 'German and English: `lang`, no raw ids of texts, switching without a reload, nothing cut',
  wanted: 'all',
  isDeterministic: true,
  async run(rig): Promise<Finding> {
    const problems: string[] = []
    for (const locale of ['de', 'en'] as const) {
      const tab = await openChat(rig, rig.data.busiest, { locale })
      const lang = await tab.ask<string>('document.documentElement.lang')
      if (lang !== locale) problems.push(`${locale}: lang is ${lang}`)
      const raw = await tab.ask<string[]>(
        `[...document.body.innerText.matchAll(/^[a-z]+\\\\.[a-z]+[A-Z][a-zA-Z.]*$/gm)].map(([id]) => id)`,
      )
      problems.push(...raw.map((id) => `${locale}: raw ${id}`))
      problems.push(...(await tab.ask<string[]>(cut)).map((text) => `${locale}: "${text}" is cut`))
      await tab.close()
    }
    const entry = await rig.open('/login', { locale: 'en', signedOut: true })
    await entry.page.getByRole('button', { name: 'Deutsch' }).click()
    await entry.page.getByRole('button', { name: 'Anmelden' }).waitFor()
    const lang = await entry.ask<string>('document.documentElement.lang')
    if (lang !== 'de') problems.push(`after the switch, lang is ${lang}`)
    await entry.close()
    return none(problems, 'a channel and the sign-in page')
  },
}

const installable: Check = {
  number: 44,
  what: 'the client can be installed',
  wanted: 'no problem of installability',
  isDeterministic: true,
  async run(rig) {
    const tab = await openChat(rig, rig.data.busiest)
    const { installabilityErrors } = await tab.cdp.send('Page.getInstallabilityErrors')
    await tab.close()
    const ids = installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')
    if (ids.includes('no-manifest')) return { notMeasured: 'the client has no manifest yet' }
    return { ...parts([{ name: ids.join(', ') || 'problems', value: ids.length, limit: 0 }]) }
  },
}

export const everybody: Check[] = [axe, keyboard, spoken, targets, narrow, languages, installable]
