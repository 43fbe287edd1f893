/**
 * Groups of a real directory decide who is in teams and channels: an administrator links them in the console
 * and in the settings of a team and a channel, sees beforehand what follows, and looks up where somebody's
 * memberships come from.
 */
import {
  channelOf,
  dnOf,
  hasSlapd,
  hurry,
  ldapSettings,
  ldifGroup,
  ldifPerson,
  type Place,
  place,
  type Slapd,
  signUp,
  startSlapd,
  unique,
} from '@plausch/testkit'
import {
  type Channel,
  channels,
  directory,
  type Group,
  groups,
  members,
  settings,
  syncables,
  type Team,
  teams,
  type User,
  users,
} from '@plausch/wire'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openCast } from '../apps/server/test/grouped.ts'
import { expectAccessible, openBrowser, picture, webFolder } from './browser.ts'
import { type Seat, takeSeat } from './seat.ts'

const PEOPLE = 60

let browser: Browser
let at: Place
let ldap: Slapd
let beamline: Group
let detector: Group
let first: User
beforeAll(async () => {
  ;[browser, at, ldap] = await Promise.all([openBrowser(), place({ webFolder }), startSlapd()])
  const uids = Array.from({ length: PEOPLE }, (_, n) => `p${n}`)
  await ldap.load(
    uids.map((uid) => ldifPerson({ uid, family: `Müller ${uid}` })).join('') +
      ldifGroup(
        'beamline',
        uids.map((uid) => dnOf({ uid })),
      ) +
      ldifGroup('detector', [dnOf({ uid: 'p0' }), dnOf({ uid: 'p1' })]),
  )
  await at.root.call(settings.patch, {
    body: {
      LdapSettings: { ...ldapSettings(ldap), EnableSync: true, GroupFilter: '(objectClass=groupOfNames)' },
      PlauschSettings: { LdapLiveSeconds: 0 },
    },
  })
  const { groups: found } = await at.root.call(directory.listGroups, { query: {} })
  const link = (name: string) =>
    at.root.call(directory.linkGroup, {
      params: { remote_id: found.find((each) => each.name === name)?.primary_key ?? '' },
    })
  beamline = await link('beamline')
  detector = await link('detector')
  await at.root.call(directory.sync)
  await hurry(at.server, 'jobs.run')
  const params = { group_id: beamline.id }
  expect((await at.root.call(groups.stats, { params })).total_member_count).toBe(PEOPLE)
  // An administrator who leaves the team with the others would see nothing of it.
  await openCast(at).regroup(detector, [at.root])
  first = await at.root.call(users.getByUsername, { params: { username: 'p0' } })
})
afterAll(async () => {
  await browser.close()
  await Promise.all([at.stop(), ldap.stop()])
})

const looks = [
  { locale: 'en', size: 'desk', scheme: 'light' },
  { locale: 'de', size: 'phone', scheme: 'dark' },
  { locale: 'de', size: 'desk', scheme: 'dark' },
  { locale: 'en', size: 'phone', scheme: 'light' },
] as const

describe.skipIf(!hasSlapd).each(looks)('in $locale, at a $size', (look) => {
  const named = `${look.locale}-${look.size}`
  let seat: Seat
  let page: Page
  let team: Team
  let channel: Channel
  beforeAll(async () => {
    await at.root.call(users.patch, { params: { user_id: 'me' }, body: { locale: look.locale } })
    const body = { name: unique('lab'), display_name: `Lab ${named}`, type: 'I' as const }
    team = await at.root.call(teams.create, { body })
    await at.root.call(teams.addMember, { params: { team_id: team.id }, body: { user_id: at.ana.id } })
    channel = await channelOf(at.root, at.team, 'P', [at.bo])
    seat = await takeSeat(browser, at.server.url, at.root, look)
    page = seat.page
    // As wide as on the screens for which the console is described.
    await page.setViewportSize(
      look.size === 'desk' ? { width: 1280, height: 800 } : { width: 390, height: 780 },
    )
  })
  afterAll(() => seat.context.close())
  afterEach(({ task }) =>
    task.result?.state === 'fail' ? picture(page, `groups-failed-${named}`) : undefined,
  )

  const button = (name: string, within: Page | Locator = page) =>
    within.getByRole('button', { name, exact: true })
  const isIn = async (who: { id: string }): Promise<boolean> =>
    (await at.root.call(teams.listMembersByIds, { params: { team_id: team.id }, body: [who.id] })).length > 0
  const settle = () => hurry(at.server, 'syncables.settle')
  const shot = async (name: string): Promise<void> => {
    await picture(page, `groups-${name}-${named}`)
    const isWider = `[...document.querySelectorAll('[data-page] > main, [role=dialog], [role=alertdialog]')]
      .some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)`
    expect(await page.evaluate(isWider), name).toBe(false)
    await expectAccessible(page, `${name}, ${named}`)
  }

  it('a linked group shows its people, page by page', async () => {
    const { say } = seat
    await page.goto('/admin_console/authentication/ldap/groups')
    await page.getByRole('link', { name: 'beamline', exact: true }).press('Enter')
    await page.getByRole('heading', { name: 'beamline' }).waitFor()
    const list = page.getByRole('list', { name: say('directory.groupPeople') })
    await expect.poll(() => list.getByRole('listitem').count()).toBe(50)
    // The keyboard goes on where the page begins.
    await page.keyboard.press('Tab')
    expect(await page.getByRole('link', { name: say('directory.allGroups') }).evaluate(isFocused)).toBe(true)
    await button(say('members.more')).click()
    await expect.poll(() => list.getByRole('listitem').count()).toBe(PEOPLE)
  })

  it('is linked to a team with the keyboard, and says before how many join', async () => {
    const { say } = seat
    await button(say('groupLinks.linkPlace')).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: say('groupLinks.place') }).fill(team.display_name)
    // Before the answer, the list has the first of all.
    await expect.poll(() => dialog.getByRole('option').first().textContent()).toContain(team.display_name)
    await page.keyboard.press('Enter')
    await dialog.getByText(say('groupLinks.willJoin', { count: PEOPLE, name: team.display_name })).waitFor()
    await shot('link')
    await button(say('groupLinks.link'), dialog).press('Enter')
    await dialog.waitFor({ state: 'detached' })
    await settle()
    expect(await isIn(first)).toBe(true)
    await page.getByRole('listitem').filter({ hasText: team.display_name }).waitFor()
    await shot('linked')
  })

  it('changes the role, and ends the link after it has said what that does', async () => {
    const { say } = seat
    // A channel of the team from which people go with the link.
    const decided = await channelOf(at.root, team, 'P', [])
    await at.root.call(syncables.linkChannel, {
      params: { group_id: beamline.id, channel_id: decided.id },
      body: {},
    })
    await at.root.call(channels.patch, {
      params: { channel_id: decided.id },
      body: { group_constrained: true },
    })
    await page.reload()
    const row = page.getByRole('listitem').filter({ hasText: team.display_name }).first()
    const menu = () => button(say('groupLinks.actions', { name: team.display_name })).press('Enter')
    await menu()
    await page.getByRole('menuitem', { name: say('groupLinks.makeAdmins') }).click()
    await row.getByText(say('groupLinks.asAdmin'), { exact: true }).waitFor()
    await settle()
    const params = { team_id: team.id, user_id: first.id }
    expect((await at.root.call(teams.getMember, { params })).scheme_admin).toBe(true)
    await menu()
    await page.getByRole('menuitem', { name: say('groupLinks.end') }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByText(say('groupLinks.endStays', { name: team.display_name })).waitFor()
    await dialog
      .getByRole('list', { name: say('groupLinks.endWhere') })
      .getByText(decided.display_name)
      .waitFor()
    await shot('end')
    await button(say('groupLinks.end'), dialog).click()
    await row.waitFor({ state: 'detached' })
    await settle()
    expect(await isIn(first)).toBe(true)
    expect((await at.root.call(teams.getMember, { params })).scheme_admin).toBe(false)
    await page.getByRole('link', { name: say('directory.allGroups') }).click()
    await page.getByRole('link', { name: 'beamline', exact: true }).waitFor()
  })

  it('decides who is in a team, after it has shown who goes', async () => {
    const { say } = seat
    await page.goto(`/${team.name}`)
    await page.locator('[data-composer] textarea').waitFor()
    await seat.pressAside((side) => button(team.display_name, side))
    await page.getByRole('menuitem', { name: say('team.settings') }).click()
    await page.getByRole('tab', { name: say('team.access') }).click()
    const decided = page.getByRole('switch', { name: say('groupLinks.decidedBy') })
    expect(await decided.isDisabled()).toBe(true)
    await button(say('groupLinks.linkGroup')).click()
    const adding = page.getByRole('dialog').last()
    await adding.getByRole('combobox', { name: say('groupLinks.group') }).fill('detector')
    await adding.getByRole('option').filter({ hasText: 'detector' }).click()
    await button(say('groupLinks.link'), adding).click()
    await decided.and(page.locator(':enabled')).waitFor()
    await decided.click()
    const dialog = page.getByRole('alertdialog')
    // Ana, and those whom the other group had brought here.
    const count = PEOPLE - 2 + 1
    await dialog.getByText(say('groupLinks.wouldGo', { count, name: team.display_name })).waitFor()
    await dialog.getByText(at.ana.username).first().waitFor()
    await shot('decide')
    await button(say('groupLinks.decide'), dialog).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(say('groupLinks.isDecided')).waitFor()
    await settle()
    // So many wait until an administrator lets them go.
    const { memberships } = await at.root.call(directory.held)
    expect(memberships.filter(({ place_id }) => place_id === team.id)).toHaveLength(count)
    expect([await isIn(at.ana), await isIn(first)]).toEqual([true, true])
    await shot('decided')
    await page.getByRole('tab', { name: say('team.members') }).click()
    await page.getByText(say('groupLinks.here', { count: 1, names: 'detector' })).waitFor()
    await shot('team-members')
    await page.keyboard.press('Escape')
  })

  it('decides who is in a channel, whose members are told', async () => {
    const { say } = seat
    await page.goto(`/${at.team.name}/channels/${channel.name}`)
    const heading = page
      .getByRole('main')
      .getByRole('button', { name: new RegExp(`^${channel.display_name}`) })
    await heading.first().click()
    await page.getByRole('menuitem', { name: say('channel.settings') }).click()
    await page.getByRole('tab', { name: say('groupLinks.tab') }).click()
    await button(say('groupLinks.linkGroup')).click()
    const adding = page.getByRole('dialog').last()
    await adding.getByRole('combobox', { name: say('groupLinks.group') }).fill('detector')
    await adding.getByRole('option').filter({ hasText: 'detector' }).click()
    await button(say('groupLinks.link'), adding).click()
    const decided = page.getByRole('switch', { name: say('groupLinks.decidedBy') })
    await decided.and(page.locator(':enabled')).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByText(at.bo.username).first().waitFor()
    await button(say('groupLinks.decide'), dialog).click()
    await page.getByText(say('groupLinks.isDecided')).waitFor()
    await settle()
    await shot('channel')
    await page.keyboard.press('Escape')
    const inside = await at.root.call(members.list, { params: { channel_id: channel.id } })
    expect(inside.map(({ user_id }) => user_id)).not.toContain(at.bo.id)
    await heading.first().click()
    await page.getByRole('menuitemradio', { name: say('channel.members') }).click()
    const pane = seat.pane()
    await pane.getByText(say('groupLinks.here', { count: 1, names: 'detector' })).waitFor()
    expect(await button(say('members.add'), pane).count()).toBe(0)
    await shot('channel-members')
  })

  it('where the memberships of a person come from stands on their page', async () => {
    const { say } = seat
    const lea = await signUp(at.server, 'lea', at.team.invite_id)
    // Also after a failure of what comes before.
    await at.root.call(syncables.linkTeam, {
      params: { group_id: detector.id, team_id: team.id },
      body: { auto_add: true, scheme_admin: true },
    })
    await settle()
    await page.goto('/admin_console/user_management/users')
    await page.getByLabel(say('administration.findPeople')).fill(lea.username)
    await page.getByRole('link', { name: new RegExp(lea.username) }).press('Enter')
    await page.getByText(say('administration.byPassword')).waitFor()
    const table = page.getByRole('table')
    await table
      .getByText(say('administration.fromHand', { count: 0, names: '' }))
      .first()
      .waitFor()
    await shot('person-by-hand')
    await page.getByRole('link', { name: say('administration.allPeople') }).press('Enter')
    await page.getByLabel(say('administration.findPeople')).fill(first.username)
    await shot('people')
    await page.getByRole('link').filter({ hasText: 'Müller p0' }).press('Enter')
    await page
      .getByRole('definition')
      .filter({ hasText: say('administration.byDirectory') })
      .waitFor()
    const row = table.getByRole('row').filter({ hasText: team.display_name }).first()
    await row.getByText(say('administration.adminByGroups', { count: 1, names: 'detector' })).waitFor()
    await table
      .getByRole('row')
      .filter({ hasText: channel.display_name })
      .getByText('detector', { exact: true })
      .waitFor()
    await shot('person')
    // Who has left is not added again, unless an administrator says so.
    const second = await at.root.call(users.getByUsername, { params: { username: 'p1' } })
    const params = { team_id: at.team.id, user_id: second.id }
    await at.root.call(teams.removeMember, { params })
    await page.goto(`/admin_console/user_management/users/${second.id}`)
    await table
      .getByText(/detector/)
      .filter({ hasText: new RegExp(leftWords[look.locale]) })
      .waitFor()
    await button(say('administration.addAgain')).click()
    await button(say('administration.addAgain'), page.getByRole('alertdialog')).click()
    await table.getByText(new RegExp(leftWords[look.locale])).waitFor({ state: 'detached' })
    // A job adds them.
    await settle()
    expect((await at.root.call(teams.getMember, { params })).delete_at).toBe(0)
    await shot('added-again')
    expect(seat.problems.filter((each) => !/status of 40[0134]/.test(each))).toEqual([])
  })
})

/** The text has a date. */
const leftWords = { en: 'Left on', de: 'Ausgetreten am' }

const isFocused = (element: Element): boolean => element === document.activeElement
