-- groups: a group of the directory is known by its id there; it has no name until it may be mentioned.
alter table groups alter column name drop not null;
alter table groups add column remote_id text;
alter table groups add constraint groups_remote_key unique (remote_id);

-- teams, channels: with true, only members of linked groups are members. Null: nobody has decided yet.
alter table teams add column group_constrained boolean;
alter table channels add column group_constrained boolean;

-- syncables: a group linked to a team or a channel. `auto_add` adds its members there, `scheme_admin` makes
-- them administrators there; delete_at > 0: not linked any more.
create table syncables (
  group_id id not null,
  place_id id not null,
  kind text not null,
  auto_add boolean not null,
  scheme_admin boolean not null,
  create_at bigint not null,
  update_at bigint not null,
  delete_at bigint not null default 0,
  constraint syncables_pkey primary key (group_id, place_id),
  constraint syncables_kind check (kind in ('Team', 'Channel')),
  constraint syncables_group foreign key (group_id) references groups (id) on delete cascade
);
create index syncables_by_place on syncables (place_id);

-- syncables: what a team or a channel owes to the directory. `is_member`: the membership comes from it;
-- `is_admin`: the role does; `left_at` > 0: the person left although a group would have them there. A
-- membership by hand has no row.
create table placements (
  place_id id not null,
  user_id id not null,
  is_member boolean not null,
  is_admin boolean not null,
  left_at bigint not null default 0,
  constraint placements_pkey primary key (place_id, user_id),
  constraint placements_user foreign key (user_id) references users (id) on delete cascade
);
create index placements_by_user on placements (user_id);

-- directory: memberships that a pass ended, for a day, because the brake counts them over a day.
create table directory_removals (
  place_id id not null,
  user_id id not null,
  removed_at bigint not null
);
create index directory_removals_by_time on directory_removals (removed_at);

-- directory: memberships that a pass would have ended, but the brake held back. `kind` is that of the place.
create table directory_held_members (
  place_id id not null,
  user_id id not null,
  kind text not null,
  job_id id not null,
  held_at bigint not null,
  constraint directory_held_members_pkey primary key (place_id, user_id),
  constraint directory_held_members_user foreign key (user_id) references users (id) on delete cascade
);
