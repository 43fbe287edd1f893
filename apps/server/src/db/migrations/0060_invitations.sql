-- invitations: ways into a team that were sent by mail. The hash of the token is written when the mail is composed; a token works once
create table invitations (
  id id not null,
  token_hash text collate "C",
  team_id id not null,
  email name_text not null,
  is_guest boolean not null,
  channel_ids text[] not null,
  message text not null,
  inviter_id id not null,
  create_at bigint not null,
  expires_at bigint not null,
  constraint invitations_pkey primary key (id),
  constraint invitations_token_key unique (token_hash),
  constraint invitations_team foreign key (team_id) references teams (id) on delete cascade,
  constraint invitations_inviter foreign key (inviter_id) references users (id) on delete cascade
);
create index invitations_of_inviter on invitations (inviter_id, create_at);
create index invitations_of_team on invitations (team_id);
create index invitations_expiry on invitations (expires_at);
