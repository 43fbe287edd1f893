-- posts: the key that cookies of actions in ephemeral posts are sealed with
create table action_keys (
  is_only boolean not null default true,
  key text not null,
  constraint action_keys_pkey primary key (is_only),
  constraint action_keys_is_only check (is_only)
);
