-- An account has one way to sign in: the pair of the service ('' is a password of this server) and the stable
-- id that it knows the person by.
create unique index users_identity_key on users (auth_service, auth_data) where auth_service <> '';

-- sessions: the key that the cookies of known browsers are signed with
create table browser_keys (
  is_only boolean not null default true,
  key text not null,
  constraint browser_keys_pkey primary key (is_only),
  constraint browser_keys_is_only check (is_only)
);
