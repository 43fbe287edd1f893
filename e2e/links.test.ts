/** Links to messages in channels and teams that the reader is not in. */
import { channelOf, type Place, place, write } from '@plausch/testkit'
import { type Channel, channels, type Post, teams, users } from '@plausch/wire'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, openBrowser, picture, webFolder } from './browser.ts'
import { type Seat, takeSeat } from './seat.ts'

let at: Place
let browser: Browser

beforeAll(async () => {
  at = await place({ webFolder })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await at.stop()
})

const teamOf = (name: string, isOpen: boolean) =>
  at.root.call(teams.create, {
    body: { name, display_name: name, type: isOpen ? 'O' : 'I', allow_open_invite: isOpen },
  })

const townSquareOf = (team_id: string): Promise<Channel> =>
  at.root.call(channels.getByName, { params: { team_id, channel_name: 'town-square' } })

/** Fills a channel so that its first message is far above the newest ones. */
const fill = async (channel: Channel): Promise<Post> => {
  const first = await write(at.bo, channel, 'The valve sticks')
  for (let i = 0; i < 70; i += 1) await write(at.bo, channel, `Reading ${i}\n\n3.2 mbar`)
  return first
}

describe.each([
  { locale: 'en', size: 'desk' },
  { locale: 'de', size: 'phone' },
] as const)('in $locale, at a $size', ({ locale, size }) => {
  let seat: Seat
  const heading = (name: string) => seat.page.getByRole('heading', { name })

  beforeAll(async () => {
    await at.ana.call(users.patch, { params: { user_id: 'me' }, body: { locale } })
    seat = await takeSeat(browser, at.server.url, at.ana, { locale, size, scheme: 'light' })
  })
  afterAll(() => seat.context.close())

  it('shows a message of a public channel before joining it, and stays at it afterwards', async () => {
    const { page, say } = seat
    const channel = await channelOf(at.bo, at.team, 'O')
    const first = await fill(channel)
    await page.goto(`/${at.team.name}/pl/${first.id}`)
    await heading(channel.display_name).waitFor()
    const message = page.locator(`[data-post="${first.id}"]`)
    await message.getByText('The valve sticks').waitFor()
    await expect.poll(() => message.evaluate((each) => each === document.activeElement)).toBe(true)
    await page.getByText(say('joinable.lead', { name: channel.display_name })).waitFor()
    await picture(page, `links-joinable-${locale}-${size}`)
    await expectAccessible(page, 'a message before joining')
    await seat.press(page.getByRole('button', { name: say('channel.joinSubmit') }))
    await page.getByRole('textbox', { name: new RegExp(channel.display_name) }).waitFor()
    await message.getByText('The valve sticks').waitFor()
    expect(new URL(page.url()).pathname).toBe(`/${at.team.name}/pl/${first.id}`)
    await expect.poll(() => message.evaluate((each) => each === document.activeElement)).toBe(true)
  })

  it('tells a message of a private channel not from one that does not exist', async () => {
    const { page, say } = seat
    const secret = await write(at.bo, await channelOf(at.bo, at.team, 'P'), 'Between us')
    const told = async (id: string): Promise<string | null> => {
      await page.goto(`/${at.team.name}/pl/${id}`)
      await heading(say('notFound.post')).waitFor()
      return page.getByRole('main').textContent()
    }
    expect(await told(secret.id)).toBe(await told('z'.repeat(26)))
  })

  it('offers to join an open team, and shows the message afterwards', async () => {
    const { page, say } = seat
    const team = await teamOf(`open-${locale}`, true)
    const post = await write(at.root, await townSquareOf(team.id), 'Welcome to the open team')
    await page.goto(`/${team.name}/pl/${post.id}`)
    await heading(say('noTeam.notIn', { team: team.display_name })).waitFor()
    await expectAccessible(page, 'a message of a team that one may join')
    await seat.press(page.getByRole('button', { name: say('team.joinNamed', { team: team.display_name }) }))
    await page.locator(`[data-post="${post.id}"]`).getByText('Welcome to the open team').waitFor()
    await page.getByRole('textbox', { name: /./ }).last().waitFor()
  })

  it('says of a closed team only that it is not open, as of one that does not exist', async () => {
    const { page, say } = seat
    const team = await teamOf(`closed-${locale}`, false)
    const post = await write(at.root, await townSquareOf(team.id), 'Behind the door')
    const told = async (name: string): Promise<string | null> => {
      await page.goto(`/${name}/pl/${post.id}`)
      await heading(say('noTeam.unknown')).waitFor()
      return page.getByRole('main').textContent()
    }
    expect(await told(team.name)).toBe(await told('no-such-team'))
  })
})
