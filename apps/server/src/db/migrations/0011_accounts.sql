-- accounts: secrets that prove once that somebody reads an address (or came from another client); of each only the hash is kept
create table account_tokens (
  token_hash text collate "C" not null,
  kind name_text not null,
  user_id id not null,
  email name_text not null,
  expires_at bigint not null,
  constraint account_tokens_pkey primary key (token_hash),
  constraint account_tokens_user foreign key (user_id) references users (id) on delete cascade
);
create unique index account_tokens_of_user on account_tokens (user_id, kind);
create index account_tokens_expiry on account_tokens (expires_at);

-- users: when the password was last set, and whether a second factor is asked for
alter table users add column last_password_update bigint not null default 0;
alter table users add column mfa_active boolean not null default false;

-- mfa: the secret that is shared with an app; last_step is the newest code that was used, so that each works once
create table mfa_secrets (
  user_id id not null,
  secret text collate "C" not null,
  is_active boolean not null default false,
  last_step bigint not null default 0,
  constraint mfa_secrets_pkey primary key (user_id),
  constraint mfa_secrets_user foreign key (user_id) references users (id) on delete cascade
);
