import {
  asGuest,
  channelOf,
  direct,
  mailbox,
  type Person,
  type Place,
  place,
  refused,
  signUp,
  unique,
} from '@plausch/testkit'
import {
  type Channel,
  channels,
  commands,
  members,
  type Post,
  posts,
  preferences,
  presence,
  settings,
  users,
} from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const give = (
  by: Person,
  channel: Channel,
  command: string,
  more: { team_id?: string; root_id?: string } = {},
) => by.call(commands.execute, { body: { command, channel_id: channel.id, team_id: at.team.id, ...more } })

const last = async (by: Person, channel: Channel): Promise<Post | undefined> => {
  const list = await by.call(posts.listInChannel, { params: { channel_id: channel.id } })
  return list.posts[list.order[0] ?? '']
}

const isIn = async (channel: Channel, person: Person) =>
  (await at.root.call(members.list, { params: { channel_id: channel.id } })).some(
    ({ user_id }) => user_id === person.id,
  )

const read = (channel: Channel) => at.root.call(channels.get, { params: { channel_id: channel.id } })

describe('a command', () => {
  it('answers its person alone, in their language', async () => {
    const [mine, others] = [await at.ana.listen(), await at.bo.listen()]
    const answer = await give(at.ana, at.townSquare, '/help')
    expect(answer).toEqual({
      response_type: 'ephemeral',
      text: expect.stringContaining('`/shrug [text]`'),
      username: '',
      channel_id: '',
      icon_url: '',
      type: '',
      props: {},
      goto_location: '',
      trigger_id: '',
      skip_slack_parsing: false,
      attachments: [],
      extra_responses: [],
    })
    const { post } = await mine.next('ephemeral_message')
    expect(JSON.parse(post)).toMatchObject({
      type: 'system_ephemeral',
      message: answer.text,
      channel_id: at.townSquare.id,
    })
    await others.settle()
    expect(others.all('ephemeral_message')).toEqual([])
    const heidi = await signUp(at.server, 'heidi', at.team.invite_id)
    await heidi.call(users.patch, { params: { user_id: heidi.id }, body: { locale: 'de' } })
    expect((await give(heidi, at.townSquare, '/help')).text).toContain('`/shrug [Text]`')
  })

  it('that does not exist, or is malformed, is refused', async () => {
    const fault = await refused(
      'api.command.execute_command.not_found.app_error',
      give(at.ana, at.townSquare, '/nothing here'),
    )
    expect(fault.status).toBe(404)
    await refused('api.context.invalid_body_param.app_error', give(at.ana, at.townSquare, 'hello'))
    await refused('api.context.invalid_body_param.app_error', give(at.ana, at.townSquare, '/'))
  })

  it('is refused in unreadable and archived channels, and below a post of another channel', async () => {
    const secret = await channelOf(at.ana, at.team, 'P')
    await refused('channels.not_found', give(at.bo, secret, '/help'))
    await refused('channels.not_found', give(at.eve, at.townSquare, '/help'))
    await refused('teams.not_found', give(at.eve, await direct(at.eve, at.bo), '/help'))
    await give(at.ana, secret, '/echo root')
    const root_id = (await last(at.ana, secret))?.id ?? ''
    await refused('api.post.create_post.root_id.app_error', give(at.ana, at.townSquare, '/help', { root_id }))
    await at.ana.call(channels.archive, { params: { channel_id: secret.id } })
    await refused('channels.archived', give(at.ana, secret, '/help'))
  })

  it('is listed for the team, and suggested by its first letters', async () => {
    const params = { team_id: at.team.id }
    const all = await at.bo.call(commands.list, { query: params })
    expect(all.map(({ trigger }) => trigger)).toEqual([
      'away', 'code', 'collapse', 'dnd', 'echo', 'expand', 'groupmsg', 'header', 'help', 'invite', 'join', 'kick',
      'leave', 'logout', 'me', 'msg', 'mute', 'offline', 'online', 'open', 'purpose', 'remove', 'rename', 'search',
      'settings', 'shortcuts', 'shrug', 'status',
    ]) // biome-ignore format: a list of names
    expect(await at.bo.call(commands.list, { query: { ...params, custom_only: true } })).toEqual([])
    const query = { page: 1, per_page: 5 }
    const second = await at.bo.call(commands.autocomplete, { params, query })
    expect(second).toEqual(all.slice(5, 10))
    const found = await at.bo.call(commands.suggestions, { params, query: { user_input: '/SH' } })
    expect(found.map(({ Complete }) => Complete)).toEqual(['shortcuts', 'shrug'])
    expect(found[1]).toEqual({
      Complete: 'shrug',
      Suggestion: 'shrug',
      Hint: '[text]',
      Description: expect.any(String),
      IconData: '',
    })
    expect(await at.bo.call(commands.suggestions, { params, query: { user_input: '/msg @a' } })).toEqual([])
    await refused('api.context.invalid_url_param.app_error', at.bo.call(commands.suggestions, { params }))
    await refused('teams.not_found', at.eve.call(commands.list, { query: params }))
  })
})

describe('writing', () => {
  it.each([
    ['/echo two\nlines', { message: 'two\nlines', type: '' }],
    ['/echo "at once" 0', { message: 'at once' }],
    ['/echo "in the year 3000"', { message: 'in the year 3000' }],
    ['/code if (a)\n  b()', { message: '    if (a)\n      b()', type: '' }],
    ['/me waves', { message: '*waves*', type: 'me' }],
    ['/shrug', { message: '¯\\\\\\_(ツ)\\_/¯' }],
    ['/shrug so what', { message: 'so what ¯\\\\\\_(ツ)\\_/¯' }],
  ])('%s', async (command, post) => {
    const answer = await give(at.bo, at.townSquare, command)
    expect(answer).toMatchObject({ response_type: 'in_channel', text: '' })
    expect(await last(at.ana, at.townSquare)).toMatchObject({ ...post, user_id: at.bo.id })
  })

  it('replies in the thread where it was typed, and explains its usage if the text is missing', async () => {
    await give(at.bo, at.townSquare, '/echo root')
    const root_id = (await last(at.bo, at.townSquare))?.id ?? ''
    await give(at.ana, at.townSquare, '/echo answer', { root_id })
    expect(await last(at.bo, at.townSquare)).toMatchObject({ message: 'answer', root_id })
    expect((await give(at.ana, at.townSquare, '/me')).text).toBe('Usage: `/me [text]`')
  })

  it('needs the same permissions as posting', async () => {
    const open = await channelOf(at.ana, at.team, 'O')
    const answer = await give(at.bo, open, '/echo not a member')
    expect(answer).toMatchObject({
      response_type: 'ephemeral',
      text: 'You do not have the permission for this.',
    })
    expect((await last(at.ana, open))?.message).not.toBe('not a member')
    const long = await give(at.ana, open, `/echo ${'x'.repeat(17_000)}`)
    expect(long.text).toContain('longer')
  })
})

describe('statuses', () => {
  const statusOf = (person: Person) => person.call(presence.get, { params: { user_id: person.id } })

  it.each(['online', 'away', 'dnd', 'offline'])('/%s', async (name) => {
    await give(at.bo, at.townSquare, `/${name}`)
    expect(await statusOf(at.bo)).toMatchObject({ status: name, dnd_end_time: 0 })
  })

  it('/dnd can have an end', async () => {
    await give(at.bo, at.townSquare, '/dnd 2h')
    expect((await statusOf(at.bo)).dnd_end_time).toBeGreaterThan(Date.now() / 1000 + 7000)
    expect((await give(at.bo, at.townSquare, '/dnd forever')).text).toContain('Usage')
    expect((await give(at.bo, at.townSquare, '/dnd 0m')).text).toContain('Usage')
  })

  it('/status sets a custom status', async () => {
    const kept = async () => {
      const { props } = await at.bo.call(users.get, { params: { user_id: at.bo.id } })
      return props.customStatus ? JSON.parse(props.customStatus) : null
    }
    await give(at.bo, at.townSquare, '/status :palm_tree: on holiday')
    expect(await kept()).toMatchObject({ emoji: 'palm_tree', text: 'on holiday' })
    await give(at.bo, at.townSquare, '/status thinking')
    expect(await kept()).toMatchObject({ emoji: 'speech_balloon', text: 'thinking' })
    await give(at.bo, at.townSquare, '/status clear')
    expect(await kept()).toBeNull()
  })
})

describe('conversations', () => {
  it('/msg opens one, and posts the first message', async () => {
    const carla = await signUp(at.server, 'carla', at.team.invite_id)
    const answer = await give(at.ana, at.townSquare, `/msg @${carla.username} hello there`)
    expect(answer.goto_location).toBe(`/${at.team.name}/messages/@${carla.username}`)
    expect(await last(carla, await direct(carla, at.ana))).toMatchObject({
      message: 'hello there',
      user_id: at.ana.id,
    })
    expect((await give(at.ana, at.townSquare, '/msg @nobody-at-all x')).text).toBe('There is no such person.')
  })

  it('/groupmsg does so for several people', async () => {
    const answer = await give(
      at.ana,
      at.townSquare,
      `/groupmsg @${at.bo.username},@${at.eve.username} all of you`,
    )
    const name = answer.goto_location.split('/').at(-1) ?? ''
    const params = { team_id: at.team.id, channel_name: name }
    const group = await at.bo.call(channels.getByName, { params })
    expect(group.type).toBe('G')
    expect(await last(at.eve, group)).toMatchObject({ message: 'all of you' })
  })
})

describe('/invite_people', () => {
  const isSuggested = async (by: Person) => {
    const found = await by.call(commands.suggestions, {
      params: { team_id: at.team.id },
      query: { user_input: '/invite' },
    })
    return found.some(({ Complete }) => Complete === 'invite_people')
  }

  it('invites addresses by mail, for people who may do so', async () => {
    const { ana, bo, eve, root } = at
    expect(await isSuggested(ana)).toBe(false)
    expect((await give(ana, at.townSquare, '/invite_people a@example.org')).text).not.toContain('Invited')
    const box = await mailbox()
    onTestFinished(() => box.stop())
    const EnableEmailInvitations = true
    await root.call(settings.patch, {
      body: { ...box.settings, ServiceSettings: { ...box.settings.ServiceSettings, EnableEmailInvitations } },
    })
    expect(await isSuggested(ana)).toBe(true)
    const [one, two] = [`${unique('one')}@example.org`, `${unique('two')}@example.org`]
    const answer = await give(ana, at.townSquare, `/invite_people ${one}, ${two} and nobody else`)
    expect(answer.text).toBe(`Invited: ${one}, ${two}`)
    for (const email of [one, two]) expect((await box.next(email)).text).toContain(`@${ana.username}`)
    expect((await give(ana, at.townSquare, '/invite_people somebody')).text).toContain('Usage')
    expect((await give(ana, at.townSquare, '/invite_people not@an@address')).text).toContain('not@an@address')
    expect(
      (await give(ana, await direct(ana, bo), '/invite_people a@example.org', { team_id: '' })).text,
    ).toBe('There is no such team.')
    await refused('channels.not_found', give(eve, at.townSquare, '/invite_people a@example.org'))
    const guest = await asGuest(at, await signUp(at.server, 'guest', at.team.invite_id))
    expect((await give(guest, at.townSquare, `/invite_people ${one}`)).text).toContain('permission')
  })
})

describe('channels', () => {
  it('/join and /open go to public channels only, and reveal nothing about others', async () => {
    const [open, secret] = [await channelOf(at.ana, at.team, 'O'), await channelOf(at.ana, at.team, 'P')]
    const answer = await give(at.bo, at.townSquare, `/join ~${open.name}`)
    expect(answer.goto_location).toBe(`/${at.team.name}/channels/${open.name}`)
    expect(await isIn(open, at.bo)).toBe(true)
    const refusal = (await give(at.bo, at.townSquare, `/open ${secret.name}`)).text
    expect(refusal).toBe('There is no such channel.')
    expect((await give(at.bo, at.townSquare, '/open no-such-place')).text).toBe(refusal)
    expect(await isIn(secret, at.bo)).toBe(false)
    await give(at.bo, open, '/leave')
    expect(await isIn(open, at.bo)).toBe(false)
    expect((await give(at.bo, at.townSquare, '/leave')).text).toContain('Everybody belongs to')
  })

  it('/invite, /kick and /remove need the permission for it', async () => {
    const [one, two] = [await channelOf(at.ana, at.team, 'P'), await channelOf(at.ana, at.team, 'P')]
    const dora = await signUp(at.server, 'dora', at.team.invite_id)
    const people = `@${at.bo.username} @${dora.username}`
    expect((await give(at.ana, one, `/invite ${people} ~${one.name} ~${two.name}`)).text).toContain(
      'added to',
    )
    expect([await isIn(one, at.bo), await isIn(two, dora)]).toEqual([true, true])
    expect((await give(at.bo, at.townSquare, `/invite @${at.eve.username}`)).text).toContain(
      'must be in its team',
    )
    await give(at.ana, one, `/kick @${dora.username}`)
    await give(at.ana, two, `/remove ${dora.username}`)
    expect([await isIn(one, dora), await isIn(two, dora)]).toEqual([false, false])
    const open = await channelOf(at.ana, at.team, 'O', [])
    expect((await give(at.bo, open, `/kick @${at.ana.username}`)).text).toContain('permission')
    expect(await isIn(open, at.ana)).toBe(true)
  })

  it('/header, /purpose and /rename follow the limits and rules of the operation', async () => {
    const room = await channelOf(at.ana, at.team, 'P')
    await give(at.ana, room, '/header a **header**')
    await give(at.ana, room, '/purpose a purpose')
    await give(at.ana, room, '/rename Another Name')
    expect(await read(room)).toMatchObject({
      header: 'a **header**',
      purpose: 'a purpose',
      display_name: 'Another Name',
    })
    expect((await give(at.ana, room, `/rename ${'x'.repeat(100)}`)).text).toContain('display_name')
    expect((await read(room)).display_name).toBe('Another Name')
    const talk = await direct(at.ana, at.bo)
    expect((await give(at.ana, talk, '/purpose x')).text).toContain('conversation')
    const open = await channelOf(at.ana, at.team, 'O')
    expect((await give(at.bo, open, '/header mine')).text).toContain('permission')
    expect((await read(open)).header).toBe('')
  })

  it('/mute switches muting on and off', async () => {
    const room = await channelOf(at.ana, at.team, 'P')
    const params = { channel_id: room.id, user_id: at.ana.id }
    const level = async () => (await at.ana.call(members.get, { params })).notify_props.mark_unread
    await give(at.ana, room, '/mute')
    expect(await level()).toBe('mention')
    await give(at.ana, at.townSquare, `/mute ~${room.name}`)
    expect(await level()).toBe('all')
  })
})

describe('commands of clients', () => {
  it('/collapse and /expand are stored and send an event', async () => {
    const socket = await at.bo.listen()
    await give(at.bo, at.townSquare, '/collapse')
    await socket.next('preference_changed', ({ preference }) => preference.includes('"value":"true"'))
    await give(at.bo, at.townSquare, '/expand')
    const params = { user_id: at.bo.id, category: 'display_settings' }
    expect(await at.bo.call(preferences.listCategory, { params })).toContainEqual({
      user_id: at.bo.id,
      category: 'display_settings',
      name: 'collapse_previews',
      value: 'false',
    })
  })

  it('/logout ends the session; the others say that clients run them', async () => {
    const frida = await signUp(at.server, 'frida', at.team.invite_id)
    for (const name of ['search', 'settings', 'shortcuts']) {
      expect((await give(frida, at.townSquare, `/${name}`)).text).toContain(`/${name}`)
    }
    expect((await give(frida, at.townSquare, '/logout')).goto_location).toBe('/login')
    await refused('api.context.session_expired.app_error', give(frida, at.townSquare, '/help'))
  })
})
