import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  channelOf,
  direct,
  type Person,
  type Place,
  place,
  refused,
  stranger,
  unique,
  write,
} from '@plausch/testkit'
import {
  type Channel,
  channels,
  interactions,
  members,
  type Post,
  posts,
  search,
  settings,
} from '@plausch/wire'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'

let at: Place
const allow = (places: string) =>
  at.root.call(settings.patch, {
    body: { ServiceSettings: { AllowedUntrustedInternalConnections: places } },
  })
beforeAll(async () => {
  at = await place()
  await allow('127.0.0.1')
})
afterAll(() => at.stop())
afterEach(() => vi.useRealTimers())

const FAILED = 'api.post.do_action.action_integration.app_error'

/** A real server that records requests, and sends the same reply to all of them. */
const integration = async (answer: unknown = {}, status = 200) => {
  const told: Record<string, unknown>[] = []
  const headers: Record<string, unknown>[] = []
  const server = createServer(async (request, reply) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    told.push(JSON.parse(body))
    headers.push(request.headers)
    reply.writeHead(status).end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, told, headers }
}

type Action = Record<string, unknown>

const ask = (by: Person, channel: Channel, actions: Action[]): Promise<Post> =>
  by.call(posts.create, {
    body: {
      channel_id: channel.id,
      message: 'choose',
      props: { attachments: [{ text: 'which?', actions }] },
    },
  })

const button = (url: string, more: Action = {}): Action => ({
  id: 'yes',
  type: 'button',
  name: 'Yes',
  integration: { url, context: { secret: 'between us' } },
  ...more,
})

const press = (by: Person, post: Post, action = 'yes', body = {}) =>
  by.call(interactions.press, { params: { post_id: post.id, action }, body })

const read = (by: Person, post: Post) => by.call(posts.get, { params: { post_id: post.id } })

const actionsOf = (post: { props: Record<string, unknown> }) =>
  (post.props.attachments as { actions: Action[] }[]).flatMap(({ actions }) => actions)

describe('a button', () => {
  it('tells the integration who pressed it and where, and nothing internal', async () => {
    const { url, told, headers } = await integration()
    const post = await ask(at.ana, at.townSquare, [button(url)])
    const answer = await press(at.bo, post)
    expect(answer).toEqual({ status: 'OK', trigger_id: expect.stringMatching(/^[a-z0-9]{26}$/) })
    expect(told).toEqual([
      {
        user_id: at.bo.id,
        user_name: at.bo.username,
        channel_id: at.townSquare.id,
        channel_name: 'town-square',
        team_id: at.team.id,
        team_domain: at.team.name,
        post_id: post.id,
        trigger_id: expect.any(String),
        type: 'button',
        data_source: '',
        context: { secret: 'between us' },
      },
    ])
    expect(headers[0]).not.toHaveProperty('cookie')
    expect(headers[0]).not.toHaveProperty('authorization')
  })

  it('shows nobody its target: in replies, lists, events, earlier versions and searches', async () => {
    const { url } = await integration()
    const word = unique('hidden')
    const [socket, other] = [await at.ana.listen(), await at.bo.listen()]
    const context = { text: word, value: word }
    const made = await ask(at.ana, at.townSquare, [
      button(url, { integration: { url, context } }),
      { name: 'No', type: 'button', integration: { url } },
    ])
    expect(actionsOf(made)).toEqual([
      { id: 'yes', type: 'button', name: 'Yes' },
      { id: expect.stringMatching(/^[a-z0-9]{26}$/), type: 'button', name: 'No' },
    ])
    await at.ana.call(posts.patch, { params: { post_id: made.id }, body: { message: 'changed' } })
    const params = { post_id: made.id }
    const seen = JSON.stringify([
      await read(at.bo, made),
      await at.bo.call(posts.listInChannel, { params: { channel_id: at.townSquare.id } }),
      await at.bo.call(posts.thread, { params }),
      await at.ana.call(posts.history, { params }),
      await socket.next('posted'),
      await other.next('post_edited'),
    ])
    expect(seen).toContain('"Yes"')
    expect(seen).not.toContain(url)
    expect(seen).not.toContain(word)
    const open = await write(at.ana, at.townSquare, `${word} in the open`)
    const found = async () => {
      const body = { terms: word, is_or_search: false }
      return (await at.bo.call(search.postsInTeam, { params: { team_id: at.team.id }, body })).order
    }
    await vi.waitFor(async () => expect(await found()).toEqual([open.id]), { timeout: 5000 })
  })

  it('keeps its integration when its author edits the visible message', async () => {
    const { url, told } = await integration()
    const post = await ask(at.ana, at.townSquare, [button(url)])
    const { props } = await read(at.ana, post)
    await at.ana.call(posts.patch, { params: { post_id: post.id }, body: { message: 'choose well', props } })
    await press(at.bo, post)
    expect(told[0]).toMatchObject({ context: { secret: 'between us' } })
  })

  it('works for readers of the message, and does not exist for others', async () => {
    const { url, told } = await integration()
    const secret = await channelOf(at.ana, at.team, 'P')
    const post = await ask(at.ana, secret, [button(url)])
    await refused('posts.not_found', press(at.bo, post))
    await refused('posts.not_found', press(at.eve, post))
    await refused('posts.not_found', press(at.eve, post, 'no'))
    await refused(
      'posts.not_found',
      press(at.root, await ask(at.ana, await direct(at.ana, at.bo), [button(url)])),
    )
    await refused('interactions.not_found', press(at.ana, post, 'no'))
    await at.ana.call(posts.remove, { params: { post_id: post.id } })
    await refused('posts.not_found', press(at.ana, post))
    expect(told).toEqual([])
  })

  it('of an invalid kind is refused', async () => {
    const wrong = [[{ id: 'a/b', name: 'x' }], ['x'], [{ id: 7 }], 'x']
    for (const actions of wrong) {
      await refused(
        'api.context.invalid_body_param.app_error',
        ask(at.ana, at.townSquare, actions as Action[]),
      )
    }
  })

  it('a menu passes on the chosen option', async () => {
    const { url, told } = await integration()
    const post = await ask(at.ana, at.townSquare, [button(url, { type: 'select', data_source: 'users' })])
    await press(at.bo, post, 'yes', { selected_option: at.bo.id })
    expect(told[0]).toMatchObject({
      type: 'select',
      data_source: 'users',
      context: { secret: 'between us', selected_option: at.bo.id },
    })
  })
})

describe('the reply of an integration', () => {
  it('replaces the message, and says something to the person alone', async () => {
    const { url } = await integration({
      update: { message: 'done', props: { attachments: [], from_webhook: 'true' }, is_pinned: true },
      ephemeral_text: 'see <https://example.org/a|here>',
    })
    const post = await ask(at.ana, at.townSquare, [button(url)])
    const [mine, others] = [await at.bo.listen(), await at.ana.listen()]
    await press(at.bo, post)
    const after = await read(at.ana, post)
    expect(after).toMatchObject({ message: 'done', user_id: at.ana.id, is_pinned: false })
    expect(after.props.from_webhook).toBeUndefined()
    expect(after.props.attachments).toEqual([])
    expect(JSON.parse((await others.next('post_edited')).post)).toMatchObject({
      id: post.id,
      message: 'done',
    })
    expect(JSON.parse((await mine.next('ephemeral_message')).post)).toMatchObject({
      message: 'see [here](https://example.org/a)',
      channel_id: at.townSquare.id,
      root_id: post.id,
    })
    await others.settle()
    expect(others.all('ephemeral_message')).toEqual([])
  })

  it('replaces no message of an author who may no longer post there', async () => {
    const { url } = await integration({ update: { message: '@all listen' } })
    const room = await channelOf(at.ana, at.team, 'P', [at.bo])
    const post = await ask(at.bo, room, [button(url)])
    const moderate = (name: 'create_post' | 'use_channel_mentions', isAllowed: boolean) =>
      at.root.call(channels.patchModerations, {
        params: { channel_id: room.id },
        body: [{ name, roles: { members: isAllowed } }],
      })
    await moderate('create_post', false)
    // Neither if they press it themselves nor if others do.
    for (const person of [at.bo, at.ana])
      await refused('api.context.permissions.app_error', press(person, post))
    expect(await read(at.ana, post)).toMatchObject({ message: 'choose', edit_at: 0 })
    await moderate('create_post', true)
    await moderate('use_channel_mentions', false)
    await press(at.ana, post)
    expect(await read(at.ana, post)).toMatchObject({
      message: '@all listen',
      props: { mentionHighlightDisabled: true },
    })
  })

  it('replaces the message of an author who has left, but mentions nobody', async () => {
    const update = { message: '@all voted', id: '' }
    const { url } = await integration({ update })
    const room = await channelOf(at.ana, at.team, 'P', [at.bo, at.root])
    const [poll, other] = [await ask(at.bo, room, [button(url)]), await write(at.ana, room, 'of ana')]
    update.id = other.id
    const params = { channel_id: room.id, user_id: at.bo.id }
    const deny = (isAllowed: boolean) =>
      at.root.call(channels.patchModerations, {
        params,
        body: [{ name: 'create_post', roles: { members: isAllowed } }],
      })
    await at.ana.call(members.remove, { params })
    // If members may not post, leaving the channel does not help.
    await deny(false)
    await refused('api.context.permissions.app_error', press(at.ana, poll))
    expect(await read(at.ana, poll)).toMatchObject({ message: 'choose' })
    await deny(true)
    await refused('posts.not_found', press(at.bo, poll))
    await press(at.ana, poll)
    expect(await read(at.ana, poll)).toMatchObject({
      message: '@all voted',
      user_id: at.bo.id,
      props: { mentionHighlightDisabled: true, disable_group_highlight: true },
    })
    expect(await read(at.ana, other)).toMatchObject({ message: 'of ana', edit_at: 0 })
  })

  it('to somebody else’s message may be caused by people who may not post', async () => {
    const { url } = await integration({ update: { message: 'voted' } })
    const room = await channelOf(at.ana, at.team, 'P', [at.bo])
    const post = await ask(at.ana, room, [button(url)])
    await at.root.call(channels.patchModerations, {
      params: { channel_id: room.id },
      body: [{ name: 'create_post', roles: { members: false } }],
    })
    await press(at.bo, post)
    expect(await read(at.ana, post)).toMatchObject({ message: 'voted' })
  })

  it.each([
    ['an error', {}, 500],
    ['not JSON', '<html>', 200],
    ['not an object', [1], 200],
    ['too long', 'x'.repeat(1_100_000), 200],
    ['an invalid message', { update: { message: 7 } }, 200],
  ])('changes nothing if it is %s', async (_, answer, status) => {
    const { url } = await integration(answer, status)
    const post = await ask(at.ana, at.townSquare, [button(url)])
    await refused(FAILED, press(at.bo, post))
    expect((await read(at.bo, post)).message).toBe('choose')
  })

  it('is the same fault for internal hosts and for hosts that do not exist', async () => {
    const { url, told } = await integration()
    const [inside, nowhere] = [button(url), button('http://127.0.0.1:1/', { id: 'no' })]
    const post = await ask(at.ana, at.townSquare, [
      inside,
      nowhere,
      button('file:///etc/passwd', { id: 'file' }),
    ])
    await allow('')
    for (const id of ['yes', 'no', 'file']) await refused(FAILED, press(at.bo, post, id))
    await allow('127.0.0.1')
    expect(told).toEqual([])
  })
})

describe('a dialog', () => {
  const dialog = {
    callback_id: 'order',
    title: 'Order',
    elements: [{ display_name: 'What', name: 'what', type: 'text' as const }],
    notify_on_cancel: true,
    state: 'kept',
  }

  const triggered = async (by: Person) => {
    const made = await integration()
    const { trigger_id } = await press(by, await ask(at.ana, at.townSquare, [button(made.url)]))
    return { clientTrigger: trigger_id, trigger: String(made.told[0]?.trigger_id), url: made.url }
  }

  const open = (trigger_id: string, url: string, more: object = {}) =>
    stranger(at.server).call(interactions.openDialog, {
      body: { trigger_id, url, dialog: { ...dialog, ...more } },
    })

  it('is opened for the person who pressed, by whoever has the trigger', async () => {
    const { clientTrigger, trigger, url } = await triggered(at.bo)
    const [mine, others] = [await at.bo.listen(), await at.ana.listen()]
    await open(trigger, url)
    const event = await mine.next('open_dialog')
    expect(event).toEqual({ dialog: expect.any(String) })
    expect(JSON.parse(event.dialog)).toEqual({ trigger_id: clientTrigger, url, dialog })
    await others.settle()
    expect(others.all('open_dialog')).toEqual([])
  })

  it('needs a trigger that this server signed, unchanged and recent', async () => {
    const { clientTrigger, trigger, url } = await triggered(at.bo)
    const parts = Buffer.from(trigger, 'base64').toString().split(':')
    const forged = [parts[0], at.eve.id, ...parts.slice(2)].join(':')
    const later = [parts[0], parts[1], String(Date.now() + 60_000), parts[3]].join(':')
    for (const each of [
      clientTrigger,
      'x',
      Buffer.from(forged).toString('base64'),
      Buffer.from(later).toString('base64'),
    ]) {
      await refused('interactions.trigger', open(each, url))
    }
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 })
    await refused('interactions.trigger', open(trigger, url))
  })

  it('must have valid elements and a valid address', async () => {
    const { trigger, url } = await triggered(at.bo)
    const wrong = { display_name: 'x', name: 'x', type: 'password' }
    await refused('api.context.invalid_body_param.app_error', open(trigger, url, { elements: [wrong] }))
    await refused('api.context.invalid_body_param.app_error', open(trigger, url, { title: '' }))
    await refused('api.context.invalid_body_param.app_error', open(trigger, 'javascript:alert(1)'))
  })

  it('is filled in by the actor, whatever the client says', async () => {
    const { url, told } = await integration({ errors: { what: 'too much' }, more: 'not shown' })
    const body = {
      url,
      callback_id: 'order',
      state: 'kept',
      channel_id: at.townSquare.id,
      team_id: at.team.id,
      submission: { what: 'tea' },
    }
    const answer = await at.bo.call(interactions.submitDialog, {
      body: { ...body, user_id: at.ana.id, type: 'x' },
    })
    expect(answer).toEqual({ errors: { what: 'too much' } })
    const { url: _, ...kept } = body
    expect(told[0]).toEqual({ ...kept, user_id: at.bo.id, cancelled: false, type: 'dialog_submission' })
    await at.bo.call(interactions.submitDialog, { body: { ...body, cancelled: true } })
    expect(told[1]).toMatchObject({ cancelled: true, type: 'dialog_cancellation' })
    await refused('channels.not_found', at.eve.call(interactions.submitDialog, { body }))
    expect(told).toHaveLength(2)
  })

  it('can look options up', async () => {
    const { url, told } = await integration({ items: [{ text: 'Tea', value: 'tea', more: 1 }, { text: 7 }] })
    const body = { url, channel_id: at.townSquare.id, submission: { query: 't', selected_field: 'what' } }
    const answer = await at.bo.call(interactions.lookUpOptions, { body })
    expect(answer).toEqual({ items: [{ text: 'Tea', value: 'tea' }] })
    expect(told[0]).toMatchObject({ type: 'dialog_lookup', submission: { query: 't' } })
  })
})
