-- groups of people who are mentioned together; an archived group keeps its name and its people
create table groups (
  id id not null,
  name text not null,
  display_name text not null,
  description text not null default '',
  source text not null default 'custom',
  allow_reference boolean not null default true,
  create_at bigint not null,
  update_at bigint not null,
  delete_at bigint not null default 0,
  constraint groups_pkey primary key (id),
  constraint groups_name_key unique (name)
);

create table group_members (
  group_id id not null,
  user_id id not null,
  create_at bigint not null,
  constraint group_members_pkey primary key (group_id, user_id),
  constraint group_members_group foreign key (group_id) references groups (id) on delete cascade,
  constraint group_members_user foreign key (user_id) references users (id) on delete cascade
);
create index group_members_of_user on group_members (user_id);
