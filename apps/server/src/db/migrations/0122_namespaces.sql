-- namespaces: branches of the directory whose units or groups become teams, channels and groups to mention
create table namespaces (
  id id not null,
  create_at bigint not null,
  update_at bigint not null,
  name text not null,
  base text not null,
  source text not null,
  pattern text not null,
  makes text not null,
  team_id id not null,
  is_open boolean not null,
  is_constrained boolean not null,
  is_mentionable boolean not null,
  has_owners boolean not null,
  is_on boolean not null,
  allowed_count integer not null default 0,
  allowed_at bigint not null default 0,
  constraint namespaces_pkey primary key (id)
);
-- what became of the entries of a namespace. `group_id` and `place_id` are '' for none; `made_at` is 0 while an
-- entry waits, and `problem` says for what; then `place_id` is what it may take over. `given_name` is the name
-- that the place got. Rows of what was made stay when the namespace is gone.
create table namespace_places (
  namespace_id id not null,
  remote_id text not null,
  dn text not null,
  name text not null,
  address name_text not null,
  given_name text not null default '',
  group_id id not null default '',
  owner_group_id id not null default '',
  place_id id not null default '',
  made_at bigint not null default 0,
  problem text not null default '',
  constraint namespace_places_pkey primary key (namespace_id, remote_id)
);
-- groups that are derived from units (`units`) or from the leaders of an entry (`owners`); they outlive the
-- namespace, because people are members by them
create table derived_groups (
  remote_id text not null,
  kind text not null,
  constraint derived_groups_pkey primary key (remote_id)
);
create index namespace_places_of_entry on namespace_places (remote_id);
