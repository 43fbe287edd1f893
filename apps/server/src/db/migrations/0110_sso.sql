-- sso: sign-ins at a provider that have begun here. `state_hash` is of the word that the provider sends back,
-- `browser_hash` of the cookie of the browser in which it began; `asked` is what the answer is checked
-- against, `purpose` what happens then.
create table sso_flows (
  state_hash text not null,
  browser_hash text not null,
  service text not null,
  asked jsonb not null,
  purpose jsonb not null,
  expires_at bigint not null,
  constraint sso_flows_pkey primary key (state_hash)
);
create index sso_flows_by_end on sso_flows (expires_at);

-- sso: sign-ins of the mobile app that wait for its secret. `challenge` is the hash of that secret.
create table sso_codes (
  code_hash text not null,
  user_id id not null,
  generation integer not null,
  challenge text not null,
  app_state text not null,
  expires_at bigint not null,
  constraint sso_codes_pkey primary key (code_hash),
  constraint sso_codes_user foreign key (user_id) references users (id) on delete cascade
);
create index sso_codes_by_end on sso_codes (expires_at);
create index sso_codes_by_user on sso_codes (user_id);
