-- groups: those of sign-in services, too. Two sources may call a group the same.
alter table groups drop constraint groups_remote_key;
alter table groups add constraint groups_remote_key unique (source, remote_id);
-- groups: when a sign-in service last said in which of its groups a person is. Of who is not in here, or was
-- heard before a group was linked, nobody knows whether they are in it.
create table group_readings (
  user_id id not null,
  source text not null,
  read_at bigint not null,
  constraint group_readings_pkey primary key (user_id, source),
  constraint group_readings_user foreign key (user_id) references users (id) on delete cascade
);
-- sso: the groups that sign-in services have named, so that an administrator can link them. `value` is what
-- the service calls the group, `name` what people are shown.
create table sso_groups (
  id id not null,
  service text not null,
  value text not null,
  name text not null,
  seen_at bigint not null,
  constraint sso_groups_pkey primary key (id),
  constraint sso_groups_key unique (service, value)
);
create index sso_groups_seen on sso_groups (service, seen_at);
