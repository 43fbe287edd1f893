/** Who endorses a team on request, as a real OpenLDAP says. */
import {
  BASE,
  dnOf,
  type Laboratory,
  laboratory,
  ldifPerson,
  type Person,
  refused,
  signIn,
  signUp,
  unique,
} from '@plausch/testkit'
import { requests, settings, users } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

const PASSWORD = 'directory password'
let at: Laboratory
let ada: Person

/** `owner` is a DN, `description` a login name. */
const ldifGroup = (cn: string, lines: readonly string[]) =>
  [
    `dn: cn=${cn},ou=groups,${BASE}`,
    'objectClass: groupOfNames',
    `cn: ${cn}`,
    `member: ${dnOf({ uid: 'lea' })}`,
    ...lines,
    '',
    '',
  ].join('\n')

beforeAll(async () => {
  at = await laboratory()
  // The groups of a pass keep their ids in the directory here.
  await at.server.app.pool.run('alter table groups add column if not exists remote_id text')
  await at.ldap.add(['lea', 'ben', 'unknown'].map((uid) => ldifPerson({ uid, password: PASSWORD })).join(''))
  const owner = (uid: string) => `owner: ${dnOf({ uid })}`
  await at.ldap.add(
    ldifGroup('led', [owner('lea'), 'description: ben']) +
      ldifGroup('unled', []) +
      ldifGroup('strange', [owner('unknown'), owner('lea')]) +
      ldifGroup('vanished', [`owner: uid=nobody,ou=people,${BASE}`]),
  )
  ada = await signUp(at.server, 'ada', at.team.invite_id)
  await at.root.call(settings.patch, {
    body: {
      LdapSettings: { GroupIdAttribute: 'cn' },
      PlauschSettings: { TeamRequestLeaderAttribute: 'owner', MaxOpenTeamRequests: 100 },
    },
  })
})
afterAll(() => at.stop())

/** The group as a pass keeps it. */
const kept = async (remoteId: string): Promise<string> => {
  const known = await at.server.app.pool.row<{ id: string }>('select id from groups where remote_id = $1', [
    remoteId,
  ])
  if (known) return known.id
  const row = await at.server.app.pool.row<{ id: string }>(
    `insert into groups (id, name, display_name, source, create_at, update_at, remote_id)
     values (substr(md5(random()::text), 1, 26), $1, $1, 'ldap', 1, 1, $2) returning id`,
    [unique('group'), remoteId],
  )
  return row?.id ?? ''
}

const ask = async (remoteId: string) =>
  ada.call(requests.create, {
    body: {
      name: unique('asked'),
      display_name: 'Asked',
      purpose: 'To meet',
      is_open: false,
      owner_ids: [ada.id],
      group_id: await kept(remoteId),
    },
  })

it('is the person whom the group names by their DN, or by their login name', async () => {
  const [lea, ben] = [await signIn(at.server, 'lea', PASSWORD), await signIn(at.server, 'ben', PASSWORD)]
  expect(await ask('led')).toMatchObject({ state: 'endorsement', endorser_id: lea.id })
  await at.root.call(settings.patch, {
    body: { PlauschSettings: { TeamRequestLeaderAttribute: 'description' } },
  })
  expect(await ask('led')).toMatchObject({ endorser_id: ben.id })
  await at.root.call(settings.patch, { body: { PlauschSettings: { TeamRequestLeaderAttribute: 'owner' } } })
  // The first one who has an account here.
  expect(await ask('strange')).toMatchObject({ endorser_id: lea.id })
  await at.root.call(users.setActive, { params: { user_id: lea.id }, body: { active: false } })
  expect(await ask('led')).toMatchObject({ state: 'decision', endorser_id: '' })
})

it('is nobody if the group names nobody who is there, or whom the settings name', async () => {
  for (const remoteId of ['unled', 'vanished', 'no-such-group'])
    expect(await ask(remoteId)).toMatchObject({ state: 'decision', endorser_id: '' })
  await at.root.call(settings.patch, { body: { PlauschSettings: { TeamRequestEndorser: at.bo.username } } })
  expect(await ask('unled')).toMatchObject({ state: 'endorsement', endorser_id: at.bo.id })
})

it('is not passed over while the directory does not answer: the person is told to try again', async () => {
  await at.ldap.pause()
  await refused('requests.directory_away', ask('led'))
  await at.ldap.start()
})
