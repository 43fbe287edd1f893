-- team requests: people who may not create a team ask for one. `group_id`, `endorser_id` and `team_id` are ''
-- for none; ids of people and groups stay when these are gone.
create table team_requests (
  id id not null,
  create_at bigint not null,
  update_at bigint not null,
  requester_id id not null,
  name name_text not null,
  display_name text not null,
  purpose text not null,
  is_open boolean not null,
  owner_ids text[] not null,
  group_id id not null,
  endorser_id id not null,
  state text not null,
  team_id id not null default '',
  reminded_at bigint not null default 0,
  constraint team_requests_pkey primary key (id),
  constraint team_requests_requester foreign key (requester_id) references users (id) on delete cascade
);
create index team_requests_of_requester on team_requests (requester_id, create_at);
create index team_requests_of_endorser on team_requests (endorser_id) where endorser_id <> '';
create index team_requests_of_owners on team_requests using gin (owner_ids);
create index team_requests_waiting on team_requests (update_at) where state in ('endorsement', 'decision');
create unique index team_requests_of_team on team_requests (team_id) where team_id <> '';
-- what happened to a request, numbered from 1; rows are only added
create table team_request_steps (
  request_id id not null,
  number integer not null,
  create_at bigint not null,
  user_id id not null,
  step text not null,
  reason text not null default '',
  constraint team_request_steps_pkey primary key (request_id, number),
  constraint team_request_steps_request foreign key (request_id) references team_requests (id) on delete cascade
);
-- the last time that the owners of a team were asked whether it is still needed; `answered_at` is 0 while the
-- question waits
create table team_reviews (
  team_id id not null,
  asked_at bigint not null,
  answered_at bigint not null default 0,
  answered_by id not null default '',
  is_needed boolean not null default true,
  constraint team_reviews_pkey primary key (team_id),
  constraint team_reviews_team foreign key (team_id) references teams (id) on delete cascade
);
create index team_reviews_waiting on team_reviews (asked_at) where answered_at = 0;
-- who owns a team, without reading all of its members
create index team_members_admins on team_members (team_id, user_id) where scheme_admin;
