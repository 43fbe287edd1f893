/**
 * Commands, buttons and dialogs, emoji, bookmarks, invitations, and small system operations, with the
 * official client.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { unique } from '@plausch/testkit'
import { ephemeral, settings } from '@plausch/wire'
import { expect } from 'vitest'
import type { Day } from './cast.ts'
import { fetchAs, pixel } from './places.ts'

const picture = (name: string) => new File([Buffer.from(pixel, 'base64')], name)

export const drawEmoji = async ({ at, bo, channelId }: Day) => {
  const name = unique('emoji')
  const emoji = await bo.createCustomEmoji({ name, creator_id: at.bo.id }, picture('emoji.png'))
  expect((await bo.getCustomEmoji(emoji.id)).name).toBe(name)
  expect((await bo.getCustomEmojiByName(name)).id).toBe(emoji.id)
  expect(await bo.getCustomEmojisByNames([name, 'nothing'])).toHaveLength(1)
  expect((await bo.getCustomEmojis()).map((each) => each.id)).toContain(emoji.id)
  expect(await bo.searchCustomEmoji(name)).toHaveLength(1)
  expect(await bo.autocompleteCustomEmoji(name)).toHaveLength(1)
  await fetchAs(bo, bo.getCustomEmojiImageUrl(emoji.id))
  const post = await bo.createPost({ channel_id: channelId, message: `:${name}:` })
  expect(post.metadata.emojis).toMatchObject([{ name }])
  await bo.deleteCustomEmoji(emoji.id)
}

export const setBookmarks = async ({ ana, teamId }: Day) => {
  const channel = await ana.createChannel({
    team_id: teamId,
    name: unique('marks'),
    display_name: 'Marks',
    type: 'O',
  })
  const make = (display_name: string) =>
    ana.createChannelBookmark(
      channel.id,
      { type: 'link', display_name, link_url: 'https://example.org/', channel_id: channel.id } as never,
      '',
    )
  const [first, second] = [await make('One'), await make('Two')]
  expect((await ana.updateChannelBookmarkSortOrder(channel.id, second.id, 0, '')).length).toBeGreaterThan(0)
  const changed = await ana.updateChannelBookmark(channel.id, first.id, { display_name: 'Uno' } as never, '')
  expect(changed.updated.display_name).toBe('Uno')
  expect((await ana.getChannelBookmarks(channel.id)).map((each) => each.display_name)).toEqual(['Two', 'Uno'])
  expect((await ana.deleteChannelBookmark(channel.id, second.id, '')).delete_at).toBeGreaterThan(0)
}

export const findFiles = async ({ at, bo, teamId, channelId }: Day) => {
  const form = new FormData()
  form.append('channel_id', channelId)
  form.append('files', new File(['Vakuumpumpe'], 'Wartungsplan.txt'))
  const [info] = (await bo.uploadFile(form)).file_infos
  await bo.createPost({ channel_id: channelId, message: 'see', file_ids: [info?.id] } as never)
  expect((await bo.searchFiles(teamId, 'Wartungsplan', false)).order).toEqual([info?.id])
  expect((await bo.searchFilesWithParams(teamId, { terms: 'Wartungsplan' })).order).toEqual([info?.id])
  expect((await bo.searchFilesWithParams('', { terms: 'Wartungsplan' })).order).toEqual([info?.id])
  const response = await fetch(
    `${at.server.url}/api/v4/image?url=${encodeURIComponent('https://example.org/a.png')}`,
    {
      headers: { authorization: `Bearer ${bo.getToken()}` },
      redirect: 'manual',
    },
  )
  // Without an image proxy the server redirects nobody.
  expect(response.status).toBe(404)
}

export const command = async ({ at, bo, teamId, channelId }: Day) => {
  expect((await bo.getCommandsList(teamId)).length).toBeGreaterThan(5)
  expect(await bo.getCustomTeamCommands(teamId)).toEqual([])
  expect((await bo.getAutocompleteCommandsList(teamId)).map((each) => each.trigger)).toContain('shrug')
  const args = { channel_id: channelId, team_id: teamId, root_id: '' }
  expect(
    (await bo.getCommandAutocompleteSuggestionsList('/shr', teamId, args as never)).length,
  ).toBeGreaterThan(0)
  await bo.executeCommand('/away', args as never)
  expect((await bo.getStatus(at.bo.id)).status).toBe('away')
  await expect(bo.executeCommand('/no-such-command', args as never)).rejects.toMatchObject({
    server_error_id: 'api.command.execute_command.not_found.app_error',
  })
}

/** An integration: its requests and its answer. */
const integration = async () => {
  const asked: Record<string, unknown>[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => {
      body += part.toString()
    })
    request.on('end', () => {
      asked.push(JSON.parse(body || '{}'))
      response.setHeader('content-type', 'application/json')
      response.end(
        request.url === '/lookup' ? '{"items":[{"text":"One","value":"1"}]}' : '{"ephemeral_text":"done"}',
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { asked, url: `http://127.0.0.1:${port}`, stop: () => server.close() }
}

export const press = async ({ at, bo, root, teamId, channelId }: Day) => {
  const { asked, url, stop } = await integration()
  await at.root.call(settings.patch, {
    body: { ServiceSettings: { AllowedUntrustedInternalConnections: '127.0.0.1' } },
  })
  const button = {
    id: 'go',
    type: 'button',
    name: 'Go',
    integration: { url: `${url}/go`, context: { secret: 'x' } },
  }
  const post = await bo.createPost({
    channel_id: channelId,
    message: 'press',
    props: { attachments: [{ text: 'a', actions: [button] }] },
  } as never)
  expect(JSON.stringify(post.props)).not.toContain(url)
  const answer = await bo.doPostAction(post.id, 'go')
  expect(answer).toMatchObject({ trigger_id: expect.any(String) })
  expect(asked[0]).toMatchObject({ user_id: at.bo.id, post_id: post.id, context: { secret: 'x' } })
  expect(await bo.doPostActionWithQuery(post.id, 'go', { page: '2' })).toMatchObject({ status: 'OK' })
  const hint = await at.root.call(ephemeral.create, {
    body: {
      user_id: at.root.id,
      post: { channel_id: channelId, message: 'x', props: { attachments: [{ actions: [button] }] } },
    },
  })
  const [shown] = (hint.props.attachments as { actions: { cookie: string }[] }[])[0]?.actions ?? []
  await root.doPostActionWithCookie(hint.id, 'go', shown?.cookie ?? '')
  expect(asked.at(-1)).toMatchObject({ user_id: at.root.id, post_id: hint.id, context: { secret: 'x' } })
  const dialog = {
    callback_id: 'c',
    title: 'T',
    elements: [],
    submit_label: 'S',
    notify_on_cancel: false,
    state: '',
  }
  const opened = await fetch(`${at.server.url}/api/v4/actions/dialogs/open`, {
    method: 'POST',
    body: JSON.stringify({ trigger_id: asked[0]?.trigger_id, url: `${url}/dialog`, dialog }),
  })
  expect(await opened.text()).toBe('{"status":"OK"}')
  const submission = {
    url: `${url}/dialog`,
    callback_id: 'c',
    state: '',
    user_id: at.bo.id,
    channel_id: channelId,
    team_id: teamId,
    submission: {},
    cancelled: false,
  }
  await bo.submitInteractiveDialog(submission as never)
  expect(await bo.lookupInteractiveDialog({ ...submission, url: `${url}/lookup` } as never)).toMatchObject({
    items: [{ value: '1' }],
  })
  stop()
}

export const invite = async ({ at, ana, root, teamId, channelId }: Day) => {
  const address = () => `${unique('new')}@example.org`
  expect(await ana.sendEmailInvitesToTeam(teamId, [address()])).toEqual({ status: 'OK' })
  expect(await ana.sendEmailInvitesToTeamGracefully(teamId, [address()])).toHaveLength(1)
  const both = await ana.sendEmailInvitesToTeamAndChannelsGracefully(teamId, [channelId], [address()], 'come')
  expect(both).toMatchObject([{ email: expect.any(String) }])
  await at.root.call(settings.patch, { body: { GuestAccountsSettings: { Enable: true } } })
  const guests = await ana
    .sendEmailGuestInvitesToChannelsGracefully(teamId, [channelId], [address()], 'come')
    .catch((error: { status_code: number }) => error)
  // Administrators grant the right to invite guests.
  expect(guests).toMatchObject(Array.isArray(guests) ? {} : { status_code: 403 })
  expect(await root.sendEmailGuestInvitesToChannels(teamId, [channelId], [address()], 'come')).toEqual({
    status: 'OK',
  })
  expect(await root.invalidateAllEmailInvites()).toEqual({ status: 'OK' })
}

export const lookAround = async ({ at, bo, root, teamId }: Day) => {
  const base = `${at.server.url}/api/v4`
  expect(await bo.getInProductNotices(teamId, 'web', '11.6.0')).toEqual([])
  expect(await bo.updateNoticesAsViewed([])).toEqual({ status: 'OK' })
  expect(await bo.getWebappPlugins()).toEqual([])
  expect(await bo.getAgents()).toEqual([])
  expect(await bo.getAgentsStatus()).toEqual({ available: false })
  expect(await bo.getLicenseLoadMetric()).toEqual({ load: 0 })
  expect(await bo.getPostsUsage()).toEqual({ count: 0 })
  expect(await bo.getFilesUsage()).toEqual({ bytes: 0 })
  expect(await root.getFirstAdminSetupComplete()).toMatchObject({ value: 'true' })
  expect(await root.completeSetup({ organization: 'Us', install_plugins: [] })).toEqual({ status: 'OK' })
  const headers = { authorization: `Bearer ${bo.getToken()}` }
  const send = (method: string, path: string, body: unknown) =>
    fetch(`${base}${path}`, { method, headers, body: JSON.stringify(body) })
  bo.setEnableLogging(true)
  await bo.logClientError('a test')
  // The server sends no push notifications, so there is none to acknowledge.
  const pushed = { id: 'x', platform: 'android', type: 'message' }
  expect((await send('POST', '/notifications/ack', pushed)).status).toBe(501)
  expect(await bo.sendTestNotificaiton()).toEqual({ status: 'OK' })
  await fetchAs(root, `${base}/server_busy`)
  await fetchAs(bo, `${base}/redirect_location?url=${encodeURIComponent('https://192.0.2.1/')}`)
  await expect(bo.getOAuthAppInfo('a'.repeat(26))).rejects.toMatchObject({ status_code: 404 })
  expect(await bo.getAuthorizedOAuthApps(at.bo.id)).toEqual([])
  expect((await send('POST', '/users/me/typing', { channel_id: at.townSquare.id })).status).toBe(200)
  expect((await fetch(`${base}/brand/image`)).status).toBe(404)
}
