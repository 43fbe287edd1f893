/** The organisation's directory (LDAP): its tests, its certificates and its passes. */
import { type Static, Type } from 'typebox'
import { flagOrNone, page, perPage, text } from '../input.ts'
import { del, get, operations, ours, post, Upload } from '../operation.ts'
import { Group } from '../places/groups.ts'
import { Id, Millis, Ok, Text } from '../records.ts'

/**
 * Settings of the section LdapSettings that are not saved yet, and beside them our LdapCertificateAuthority;
 * missing ones are as they are in force.
 */
export const UnsavedLdapSettings = Type.Record(Type.String({ maxLength: 64 }), Type.Unknown())

/** An entry of the directory, as an administrator sees it while testing. */
export const DirectorySample = Type.Object({
  dn: Type.String(),
  username: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
  first_name: Type.Optional(Type.String()),
  last_name: Type.Optional(Type.String()),
  id: Type.Optional(Type.String()),
  display_name: Type.Optional(Type.String()),
  available_attributes: Type.Optional(Type.Record(Type.String(), Type.String())),
})
export type DirectorySample = Static<typeof DirectorySample>

/** One row of a test. It is good if `error` is ''. */
export const DirectoryDiagnostic = Type.Object({
  test_name: Type.String(),
  test_value: Type.String(),
  total_count: Type.Integer(),
  entries_with_value: Type.Integer(),
  message: Type.Optional(Type.String()),
  error: Type.String(),
  sample_results: Type.Array(DirectorySample),
})
export type DirectoryDiagnostic = Static<typeof DirectoryDiagnostic>

const PreviewedPerson = {
  dn: Type.String(),
  username: Type.String(),
  email: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
}
const Removal = Type.Object({ user_id: Id, username: Type.String(), reason: Type.String() })

/**
 * What a pass would do now. The lists are cut at 200; the counts are not. `triggers` would set the brake off.
 */
export const DirectoryPreview = Type.Object({
  create_count: Type.Integer(),
  change_count: Type.Integer(),
  restore_count: Type.Integer(),
  deactivate_count: Type.Integer(),
  missing_count: Type.Integer(),
  problem_count: Type.Integer(),
  triggers: Type.Array(Type.String()),
  create: Type.Array(Type.Object(PreviewedPerson)),
  change: Type.Array(Type.Object({ user_id: Id, ...PreviewedPerson })),
  deactivate: Type.Array(Removal),
  problems: Type.Array(Type.Object({ dn: Type.String(), problem: Type.String() })),
  /** Linked groups whose members change. */
  groups: Type.Array(
    Type.Object({
      group_id: Id,
      display_name: Type.String(),
      add_count: Type.Integer(),
      remove_count: Type.Integer(),
    }),
  ),
  /** Teams and channels where people come and go by their groups. What the brake would hold back is left out. */
  places: Type.Array(
    Type.Object({
      id: Id,
      type: Type.String(),
      display_name: Type.String(),
      add_count: Type.Integer(),
      remove_count: Type.Integer(),
      promote_count: Type.Integer(),
      demote_count: Type.Integer(),
    }),
  ),
})
export type DirectoryPreview = Static<typeof DirectoryPreview>

/**
 * Removals that the brake holds back; `job_id`, that of the pass that held the first of them, is '' if there
 * are none. `seen` stands for exactly this list: whoever releases it sends that back.
 */
export const HeldRemovals = Type.Object({
  job_id: Type.String(),
  held_at: Millis,
  seen: Type.String(),
  triggers: Type.Array(Type.String()),
  people: Type.Array(Removal),
  /** Memberships in groups, teams and channels; `type` says which. */
  memberships: Type.Array(
    Type.Object({
      user_id: Id,
      username: Type.String(),
      place_id: Id,
      type: Type.String(),
      display_name: Type.String(),
    }),
  ),
})
export type HeldRemovals = Static<typeof HeldRemovals>

/**
 * One change that a pass has made. `place_id` is a group, team or channel (`place_type`), '' for accounts.
 * `reason`: for accounts the fields, or why it was switched off; for memberships the groups they follow from.
 */
export const DirectoryChange = Type.Object({
  at: Millis,
  kind: Type.Union([
    Type.Literal('created'),
    Type.Literal('changed'),
    Type.Literal('restored'),
    Type.Literal('deactivated'),
    Type.Literal('group_joined'),
    Type.Literal('group_left'),
    Type.Literal('joined'),
    Type.Literal('left'),
    Type.Literal('promoted'),
    Type.Literal('demoted'),
  ]),
  user_id: Id,
  username: Type.String(),
  place_id: Type.String(),
  place_type: Type.String(),
  /** '' for a private place that the reader may not know. */
  display_name: Type.String(),
  reason: Type.String(),
})
export type DirectoryChange = Static<typeof DirectoryChange>

/** How accounts and entries of the directory are matched. */
const Matching = {
  /** The way that the accounts have now. */
  from: Type.Union([
    Type.Literal('email'),
    Type.Literal('gitlab'),
    Type.Literal('saml'),
    Type.Literal('google'),
    Type.Literal('office365'),
    Type.Literal('openid'),
  ]),
  match_field: Type.Union([Type.Literal('email'), Type.Literal('username')]),
}

/** Which accounts would move to the directory. The lists are cut at 200; the counts are not. */
export const DirectoryMigration = Type.Object({
  move_count: Type.Integer(),
  left_count: Type.Integer(),
  moves: Type.Array(Type.Object({ user_id: Id, username: Type.String(), dn: Type.String() })),
  /**
   * Those who stay: not in the directory, several match, the entry has an account already, or an administrator,
   * who moves by proving both.
   */
  left: Type.Array(
    Type.Object({
      user_id: Id,
      username: Type.String(),
      reason: Type.Union([
        Type.Literal('not_found'),
        Type.Literal('duplicate'),
        Type.Literal('taken'),
        Type.Literal('administrator'),
      ]),
    }),
  ),
})
export type DirectoryMigration = Static<typeof DirectoryMigration>

/** A group of the directory; the first and the last are null while it is not linked. */
export const DirectoryGroup = Type.Object({
  mattermost_group_id: Type.Union([Id, Type.Null()]),
  name: Type.String(),
  primary_key: Type.String(),
  has_syncables: Type.Union([Type.Boolean(), Type.Null()]),
})
export type DirectoryGroup = Static<typeof DirectoryGroup>

export const directory = operations('directory', {
  sync: post('/ldap/sync', { reply: Ok }),
  preview: ours.get('/directory/preview', { reply: DirectoryPreview }),
  held: ours.get('/directory/held', { reply: HeldRemovals }),
  /** Refused if the list is not the one any more that was seen. */
  release: ours.post('/directory/held/release', { body: Type.Object({ seen: Text(128, 1) }), reply: Ok }),
  discard: ours.del('/directory/held', { reply: Ok }),
  /** What a pass has changed, and why; kept for ninety days. */
  listChanges: ours.get('/directory/passes/{job_id}/changes', {
    query: { page, per_page: perPage, kind: text(32) },
    reply: Type.Array(DirectoryChange),
  }),
  /** Tests the stored settings. */
  test: post('/ldap/test', { reply: Ok }),
  testConnection: post('/ldap/test_connection', { body: UnsavedLdapSettings, reply: Ok }),
  diagnose: post('/ldap/test_diagnostics', {
    query: { test: text(32) },
    body: UnsavedLdapSettings,
    reply: Type.Array(DirectoryDiagnostic),
  }),
  previewMigration: ours.post('/directory/migration', {
    body: Type.Object(Matching),
    reply: DirectoryMigration,
  }),
  /** Only after a preview by the same administrator. `force` leaves out whom it cannot match. */
  migrateAccounts: post('/users/migrate_auth/ldap', {
    body: Type.Object({ ...Matching, force: Type.Boolean() }),
    reply: Ok,
  }),
  migrateIds: post('/ldap/migrateid', { body: Type.Object({ toAttribute: Text(128, 1) }), reply: Ok }),
  listGroups: get('/ldap/groups', {
    query: { q: text(128), page, per_page: perPage, is_linked: flagOrNone, is_configured: flagOrNone },
    reply: Type.Object({ count: Type.Integer(), groups: Type.Array(DirectoryGroup) }),
  }),
  /** 201 for a group that is new here, 200 for one that is linked already or was linked before. */
  linkGroup: post('/ldap/groups/{remote_id}/link', { reply: Group }),
  unlinkGroup: del('/ldap/groups/{remote_id}/link', { reply: Ok }),
  syncMemberships: post('/ldap/users/{user_id}/group_sync_memberships', { reply: Ok }),
  setCertificate: post('/ldap/certificate/public', { body: Upload, reply: Ok }),
  removeCertificate: del('/ldap/certificate/public', { reply: Ok }),
  setKey: post('/ldap/certificate/private', { body: Upload, reply: Ok }),
  removeKey: del('/ldap/certificate/private', { reply: Ok }),
})
