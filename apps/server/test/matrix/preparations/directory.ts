import { formWith, ldapSettings, ldifGroup, type Slapd, signUp, startSlapd, unique } from '@plausch/testkit'
import { directory, type NamespaceRule, namespaces, settings } from '@plausch/wire'
import type { Draft, Preparations } from '../draft.ts'

/** A directory for the one who is let in; the others are refused before anybody asks it. */
const withDirectory = async (draft: Draft): Promise<Slapd | undefined> => {
  if (draft.actor !== 'root') return undefined
  const { owner } = draft.scene
  const ldap = await startSlapd()
  await owner.call(settings.patch, { body: { LdapSettings: ldapSettings(ldap) } })
  draft.after = async () => {
    await owner.call(settings.patch, { body: { LdapSettings: { Enable: false } } })
    await ldap.stop()
  }
  return ldap
}

const prepared = async (draft: Draft): Promise<void> => {
  await withDirectory(draft)
}

const withFile = (name: 'certificate' | 'key') => async (draft: Draft) => {
  const ldap = await withDirectory(draft)
  draft.body = formWith('certificate', `${name}.pem`, Buffer.from(ldap?.client[name] ?? ''))
}

const withSettings = async (draft: Draft) => {
  const ldap = await withDirectory(draft)
  draft.body = ldap ? ldapSettings(ldap) : {}
  draft.query.test = 'filters'
}

/** A group of the directory. */
const withGroup = async (draft: Draft): Promise<string> => {
  const ldap = await withDirectory(draft)
  await ldap?.add(ldifGroup('flash', []))
  draft.params.remote_id = NO_GROUP
  if (!ldap) return NO_GROUP
  const { groups } = await draft.scene.owner.call(directory.listGroups, {})
  draft.params.remote_id = groups[0]?.primary_key ?? NO_GROUP
  return draft.params.remote_id
}

const NO_GROUP = 'none'

/** A job in a state, which no queue runs. */
const jobThatIs =
  (status: string, data: Record<string, string> = {}) =>
  async (draft: Draft) => {
    const id = unique('job').padEnd(26, 'x').slice(0, 26)
    await draft.scene.at.server.app.pool.run(
      `insert into jobs (id, type, create_at, last_activity_at, status, data)
     values ($1, 'ldap_sync', $2, $2, $3, $4)`,
      [id, Date.now(), status, data],
    )
    draft.params.job_id = id
  }

const rule: NamespaceRule = {
  name: 'rule',
  base: '',
  source: 'units',
  pattern: 'nothing has this name',
  makes: 'team',
  team_id: '',
  is_open: false,
  is_constrained: false,
  is_mentionable: false,
  has_owners: false,
  is_on: false,
}

const withNamespace = async (draft: Draft) => {
  const made = await draft.scene.owner.call(namespaces.create, { body: rule })
  draft.params.namespace_id = made.id
  draft.body = rule
}

export const directoryPreparations: Preparations = {
  'namespaces.create': (draft) => {
    draft.body = rule
  },
  'namespaces.update': withNamespace,
  'namespaces.remove': withNamespace,
  'namespaces.listPlaces': withNamespace,
  'namespaces.preview': async (draft) => {
    await withDirectory(draft)
    draft.body = rule
  },
  'namespaces.tree': prepared,
  'directory.test': prepared,
  'directory.testConnection': withSettings,
  'directory.diagnose': withSettings,
  'directory.preview': prepared,
  'directory.listChanges': jobThatIs('success'),
  'directory.release': async (draft) => {
    await jobThatIs('warning', { triggers: 'halved' })(draft)
    draft.params = {}
    draft.body = { seen: (await draft.scene.owner.call(directory.held, {})).seen }
  },
  'directory.listGroups': async (draft) => {
    await withGroup(draft)
  },
  'directory.linkGroup': async (draft) => {
    await withGroup(draft)
  },
  'directory.unlinkGroup': async (draft) => {
    const remote_id = await withGroup(draft)
    if (remote_id !== NO_GROUP) await draft.scene.owner.call(directory.linkGroup, { params: { remote_id } })
  },
  // An account of the directory.
  'directory.syncMemberships': async (draft) => {
    const { at, closed } = draft.scene
    const user = await signUp(at.server, 'entry', closed.invite_id)
    await at.server.app.pool.run(`update users set auth_service = 'ldap', auth_data = $1 where id = $2`, [
      user.username,
      user.id,
    ])
    draft.params.user_id = user.id
    draft.after = async () => {
      await at.server.app.pool.run(`update users set auth_service = '', auth_data = '' where id = $1`, [
        user.id,
      ])
    }
  },
  'directory.previewMigration': async (draft) => {
    await withDirectory(draft)
    draft.body = { from: 'gitlab', match_field: 'email' }
  },
  'directory.migrateAccounts': async (draft) => {
    const body = { from: 'gitlab', match_field: 'email' } as const
    if (await withDirectory(draft)) await draft.scene.owner.call(directory.previewMigration, { body })
    draft.body = { ...body, force: false }
  },
  'directory.migrateIds': async (draft) => {
    await withDirectory(draft)
    draft.body = { toAttribute: 'uid' }
  },
  'directory.setCertificate': withFile('certificate'),
  'directory.setKey': withFile('key'),
  'jobs.create': (draft) => {
    draft.body = { type: 'ldap_sync' }
  },
  'jobs.listOfType': (draft) => {
    draft.params.job_type = 'ldap_sync'
  },
  'jobs.get': jobThatIs('pending'),
  'jobs.cancel': jobThatIs('pending'),
  'jobs.setStatus': async (draft) => {
    await jobThatIs('pending')(draft)
    draft.body = { status: 'cancel_requested' }
  },
}
