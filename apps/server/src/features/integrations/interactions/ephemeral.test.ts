/** Buttons of ephemeral messages. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { channelOf, type Person, type Place, place, refused } from '@plausch/testkit'
import { type Channel, ephemeral, interactions, members, type Post, posts, settings } from '@plausch/wire'
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished, vi } from 'vitest'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
  await at.root.call(settings.patch, {
    body: { ServiceSettings: { AllowedUntrustedInternalConnections: '127.0.0.1' } },
  })
  room = await channelOf(at.root, at.team, 'P', [at.ana, at.bo])
})
afterAll(() => at.stop())
afterEach(() => vi.useRealTimers())

const FAILED = 'api.post.do_action.action_integration.app_error'

/** A real server that records requests, and sends the same reply to all of them. */
const integration = async (answer: object = {}) => {
  const told: Record<string, unknown>[] = []
  const server = createServer(async (request, reply) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    told.push(JSON.parse(body))
    reply.end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, told }
}

const button = (url: string, more: object = {}) => ({
  id: 'yes',
  type: 'button',
  name: 'Yes',
  integration: { url, context: { secret: 'between us' } },
  ...more,
})

/** Shows a person a message with buttons; returns what their client gets. */
const show = async (to: Person, actions: object[], channel = room, root_id = ''): Promise<Post> => {
  const socket = await to.listen()
  const post = { channel_id: channel.id, root_id, message: 'choose', props: { attachments: [{ actions }] } }
  const { id } = await at.root.call(ephemeral.create, { body: { user_id: to.id, post } })
  return JSON.parse((await socket.next('ephemeral_message', (data) => data.post.includes(id))).post)
}

const actionsOf = ({ props }: Post) =>
  (props.attachments as { actions: { id: string; cookie?: string }[] }[]).flatMap(({ actions }) => actions)
const cookieOf = (post: Post, id = 'yes') => actionsOf(post).find((action) => action.id === id)?.cookie ?? ''

const press = (by: Person, post: { id: string }, cookie: string, action = 'yes', selected_option = '') =>
  by.call(interactions.press, {
    params: { post_id: post.id, action },
    body: { cookie, selected_option },
  })

it('a press goes to the integration, whose address and context nobody sees', async () => {
  const { url, told } = await integration()
  const post = await show(at.bo, [button(url), { id: 'plain', name: 'leads nowhere' }])
  expect(actionsOf(post)).toEqual([
    { id: 'yes', type: 'button', name: 'Yes', cookie: expect.stringMatching(/^[\w-]{60,}$/) },
    { id: 'plain', name: 'leads nowhere' },
  ])
  const shown = JSON.stringify(post) + Buffer.from(cookieOf(post), 'base64url').toString('latin1')
  expect(shown).not.toContain(url)
  expect(shown).not.toContain('between us')
  const answer = await press(at.bo, post, cookieOf(post))
  expect(answer).toEqual({ status: 'OK', trigger_id: expect.stringMatching(/^[a-z0-9]{26}$/) })
  expect(told).toEqual([
    {
      user_id: at.bo.id,
      user_name: at.bo.username,
      channel_id: room.id,
      channel_name: room.name,
      team_id: at.team.id,
      team_domain: at.team.name,
      post_id: post.id,
      trigger_id: expect.any(String),
      type: 'button',
      data_source: '',
      context: { secret: 'between us' },
    },
  ])
})

it('a menu passes on the chosen option', async () => {
  const { url, told } = await integration()
  const post = await show(at.bo, [button(url, { type: 'select', data_source: 'users' })])
  await press(at.bo, post, cookieOf(post), 'yes', at.ana.id)
  expect(told[0]).toMatchObject({
    type: 'select',
    data_source: 'users',
    context: { secret: 'between us', selected_option: at.ana.id },
  })
})

it('a cookie works for one person, one message and one action, and only unchanged', async () => {
  const { url, told } = await integration()
  const post = await show(at.bo, [button(url), button(url, { id: 'no' })])
  const other = await show(at.bo, [button(url)])
  const cookie = cookieOf(post)
  const refusals: [Person, { id: string }, string, string?][] = [
    [at.ana, post, cookie],
    [at.root, post, cookie],
    [at.eve, post, cookie],
    [at.bo, other, cookie],
    [at.bo, post, cookie, 'no'],
    [at.bo, post, cookieOf(post, 'no')],
    [at.bo, post, 'x'],
    [at.bo, post, cookie.slice(0, -8)],
    [at.bo, post, cookie.slice(0, 20)],
  ]
  // The last character may contain bits without a meaning.
  for (let index = 0; index < cookie.length - 1; index += 7) {
    const changed = cookie[index] === 'A' ? 'B' : 'A'
    refusals.push([at.bo, post, cookie.slice(0, index) + changed + cookie.slice(index + 1)])
  }
  for (const [by, about, given, action] of refusals) await refused(FAILED, press(by, about, given, action))
  await refused('posts.not_found', press(at.bo, post, ''))
  expect(told).toEqual([])
  await press(at.bo, post, cookie)
  expect(told).toHaveLength(1)
})

it('a cookie works for a day, and while the person may read the channel', async () => {
  const { url, told } = await integration()
  const left = await channelOf(at.root, at.team, 'P', [at.bo])
  const [post, gone] = [await show(at.bo, [button(url)]), await show(at.bo, [button(url)], left)]
  await at.root.call(members.remove, { params: { channel_id: left.id, user_id: at.bo.id } })
  await refused('channels.not_found', press(at.bo, gone, cookieOf(gone)))
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 23 * 3_600_000 })
  await press(at.bo, post, cookieOf(post))
  vi.setSystemTime(Date.now() + 2 * 3_600_000)
  await refused(FAILED, press(at.bo, post, cookieOf(post)))
  expect(told).toHaveLength(1)
})

it('the reply of the integration replaces the message, and its buttons still work', async () => {
  const answer = { update: {}, ephemeral_text: 'thank you' }
  const { url, told } = await integration(answer)
  answer.update = { message: 'again?', props: { attachments: [{ actions: [button(url)] }] } }
  const post = await show(at.bo, [button(url)])
  const [mine, others] = [await at.bo.listen(), await at.ana.listen()]
  await press(at.bo, post, cookieOf(post))
  const edited: Post = JSON.parse((await mine.next('post_edited')).post)
  expect(edited).toMatchObject({
    id: post.id,
    message: 'again?',
    type: 'system_ephemeral',
    user_id: at.root.id,
    create_at: post.create_at,
  })
  expect(JSON.stringify(edited)).not.toContain(url)
  expect(JSON.parse((await mine.next('ephemeral_message')).post)).toMatchObject({
    message: 'thank you',
    root_id: '',
  })
  await press(at.bo, edited, cookieOf(edited))
  expect(told).toHaveLength(2)
  await others.settle()
  expect([...others.all('post_edited'), ...others.all('ephemeral_message')]).toEqual([])
})

it('a stored message shows no cookies, not even those that its author put there', async () => {
  const { url } = await integration()
  const post = await at.ana.call(posts.create, {
    body: {
      channel_id: room.id,
      message: 'x',
      props: { attachments: [{ actions: [button(url, { cookie: 'mine' })] }] },
    },
  })
  expect(actionsOf(post)).toEqual([{ id: 'yes', type: 'button', name: 'Yes' }])
  const long = button(url, { integration: { url, context: { text: 'ä'.repeat(40_000) } } })
  const body = {
    user_id: at.bo.id,
    post: { channel_id: room.id, message: 'x', props: { attachments: [{ actions: [long] }] } },
  }
  await refused('api.context.invalid_body_param.app_error', at.root.call(ephemeral.create, { body }))
})
