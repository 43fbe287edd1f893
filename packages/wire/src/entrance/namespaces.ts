/** Namespaces: branches of the directory whose units or groups become teams, channels and groups to mention. */
import { type Static, Type } from 'typebox'
import { page, perPage, text } from '../input.ts'
import { operations, ours } from '../operation.ts'
import { Id, IdOrNone, Millis, Natural, Ok, Text } from '../records.ts'

/** What an administrator says about a namespace. */
const Rule = {
  /** What administrators call it. */
  name: Text(64, 1),
  /** The DN of the branch; '' for the base of the directory. */
  base: Text(1024),
  /** The organisational units directly below the base, or the groups anywhere below it. */
  source: Type.Union([Type.Literal('units'), Type.Literal('groups')]),
  /** Only those with such a name; `*` stands for any text, and '' for every name. */
  pattern: Text(64),
  /** `nothing`: only groups to mention. */
  makes: Type.Union([Type.Literal('team'), Type.Literal('channel'), Type.Literal('nothing')]),
  /** The team in which channels are made; '' otherwise. */
  team_id: IdOrNone,
  /** Others may see and join what is made. */
  is_open: Type.Boolean(),
  /** Only people of the directory's group may be members. */
  is_constrained: Type.Boolean(),
  /** People may mention the groups. */
  is_mentionable: Type.Boolean(),
  /** Those whom the directory names as leaders become administrators. */
  has_owners: Type.Boolean(),
  /** While it is off, nothing is made. What was made stays, and its members follow the directory. */
  is_on: Type.Boolean(),
}
export const NamespaceRule = Type.Object(Rule)
export type NamespaceRule = Static<typeof NamespaceRule>

const MOST_TAKEN_OVER = 200

/** A rule to be saved, with what the administrator has seen in the preview. */
export const NewNamespace = Type.Object({
  ...Rule,
  /** How many places may be made within a day from now on; ten without it. */
  allowed_count: Type.Optional(Natural),
  /** The entries that take over what the preview shows for them (`place_id`); all others do not. */
  take_over: Type.Optional(
    Type.Array(Type.Object({ remote_id: Text(256, 1), place_id: IdOrNone }), { maxItems: MOST_TAKEN_OVER }),
  ),
  /** For a change: that of the rule as it was read; 409 if somebody has changed it since. */
  update_at: Type.Optional(Millis),
})
export type NewNamespace = Static<typeof NewNamespace>

export const Namespace = Type.Object({
  id: Id,
  create_at: Millis,
  update_at: Millis,
  ...Rule,
  allowed_count: Natural,
  /** How many entries of the directory it has brought here. */
  place_count: Type.Integer(),
  /** How many wait: see `NamespacePlace.problem`. */
  problem_count: Type.Integer(),
})
export type Namespace = Static<typeof Namespace>

/**
 * Why nothing is made of an entry: its address is taken, its name makes no address, too many came at once, the
 * team for its channel is archived, somebody has unlinked its group, or the server refuses (a limit).
 */
export const NamespaceProblem = Type.Union([
  Type.Literal('taken'),
  Type.Literal('no_address'),
  Type.Literal('too_many'),
  Type.Literal('no_team'),
  Type.Literal('unlinked'),
  Type.Literal('refused'),
])
export type NamespaceProblem = Static<typeof NamespaceProblem>

/** An entry of the directory, and what a namespace makes or has made of it. */
export const NamespacePlace = Type.Object({
  remote_id: Type.String(),
  dn: Type.String(),
  name: Type.String(),
  /** The address that the team or channel gets; '' if there is none. */
  address: Type.String(),
  /** '' while it is not linked. */
  group_id: Type.String(),
  /** The team or channel, or the one that it could take over; '' for none. */
  place_id: Type.String(),
  /** '' if nothing stands in the way. */
  problem: Type.Union([Type.Literal(''), NamespaceProblem]),
})
export type NamespacePlace = Static<typeof NamespacePlace>

/** What a rule would do. The list is cut at 200, first what waits, then what is new; the counts are not. */
export const NamespacePreview = Type.Object({
  found_count: Type.Integer(),
  new_count: Type.Integer(),
  problem_count: Type.Integer(),
  /** Different people who would come into new places, or into those taken over. */
  person_count: Type.Integer(),
  places: Type.Array(
    Type.Object({
      ...NamespacePlace.properties,
      state: Type.Union([Type.Literal('new'), Type.Literal('made'), Type.Literal('stopped')]),
      person_count: Type.Integer(),
      owner_count: Type.Integer(),
      /** An administrator has said that it takes over `place_id`. */
      is_taken_over: Type.Boolean(),
      /** Members of the place at this address who would go if the entry took it over. */
      leaving_count: Type.Integer(),
    }),
  ),
})
export type NamespacePreview = Static<typeof NamespacePreview>

/** One level of the directory's tree. */
export const DirectoryBranch = Type.Object({
  dn: Type.String(),
  /** How many entries are there; the list is cut at 500. */
  count: Type.Integer(),
  entries: Type.Array(
    Type.Object({
      dn: Type.String(),
      name: Type.String(),
      kind: Type.Union([Type.Literal('unit'), Type.Literal('group')]),
      /** '' while it is not linked. */
      group_id: Type.String(),
      /** Teams and channels linked to it. */
      places: Type.Array(Type.Object({ id: Id, type: Type.String(), display_name: Type.String() })),
    }),
  ),
})
export type DirectoryBranch = Static<typeof DirectoryBranch>

export const namespaces = operations('namespaces', {
  list: ours.get('/directory/namespaces', { reply: Type.Array(Namespace) }),
  create: ours.post('/directory/namespaces', { body: NewNamespace, reply: Namespace, status: 201 }),
  update: ours.put('/directory/namespaces/{namespace_id}', { body: NewNamespace, reply: Namespace }),
  /** Teams, channels and links stay. */
  remove: ours.del('/directory/namespaces/{namespace_id}', { reply: Ok }),
  preview: ours.post('/directory/namespaces/preview', {
    /** `id`: the namespace whose rule it is to become. */
    body: Type.Object({ ...Rule, id: Type.Optional(IdOrNone) }),
    reply: NamespacePreview,
  }),
  listPlaces: ours.get('/directory/namespaces/{namespace_id}/places', {
    query: { page, per_page: perPage },
    reply: Type.Array(NamespacePlace),
  }),
  tree: ours.get('/directory/tree', { query: { base: text(1024) }, reply: DirectoryBranch }),
})
