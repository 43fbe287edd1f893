-- Ids and names are compared byte by byte, whatever the locale of the database: the order of ids is part of how pages are cut.
create domain id as text collate "C";
create domain name_text as text collate "C";

-- settings: only what differs from the default
create table settings (
  section name_text not null,
  key name_text not null,
  value jsonb not null,
  update_at bigint not null,
  constraint settings_pkey primary key (section, key)
);

-- settings: who this server is, one row made by the first start; mobile apps tell servers apart by the id
create table installation (
  is_only boolean not null default true,
  id id not null,
  create_at bigint not null,
  constraint installation_pkey primary key (is_only),
  constraint installation_is_only check (is_only)
);

-- roles
create table roles (
  id id not null,
  name name_text not null,
  display_name text not null,
  description text not null,
  permissions text[] not null,
  scheme_managed boolean not null,
  built_in boolean not null,
  create_at bigint not null,
  update_at bigint not null,
  delete_at bigint not null default 0,
  constraint roles_pkey primary key (id),
  constraint roles_name_key unique (name)
);

-- users
create table users (
  id id not null,
  create_at bigint not null,
  update_at bigint not null,
  delete_at bigint not null default 0,
  username name_text not null,
  email name_text not null,
  email_verified boolean not null default false,
  auth_service text not null default '',
  auth_data text not null default '',
  nickname text not null default '',
  first_name text not null default '',
  last_name text not null default '',
  position text not null default '',
  roles text not null,
  locale text not null,
  timezone jsonb not null,
  notify_props jsonb not null,
  props jsonb not null default '{}',
  last_picture_update bigint not null default 0,
  is_bot boolean not null default false,
  constraint users_pkey primary key (id),
  constraint users_username_key unique (username),
  constraint users_email_key unique (email)
);
create index users_active on users (username) where delete_at = 0;

-- preferences
create table preferences (
  user_id id not null,
  category name_text not null,
  name name_text not null,
  value text not null,
  constraint preferences_pkey primary key (user_id, category, name),
  constraint preferences_user foreign key (user_id) references users (id) on delete cascade
);

-- sessions: what proves who somebody is; apart from users, so that no reader of users can meet a hash
create table credentials (
  user_id id not null,
  password_hash text not null,
  failed_attempts integer not null default 0,
  update_at bigint not null,
  constraint credentials_pkey primary key (user_id),
  constraint credentials_user foreign key (user_id) references users (id) on delete cascade
);
create table sessions (
  id id not null,
  token_hash text collate "C" not null,
  csrf text not null,
  user_id id not null,
  create_at bigint not null,
  expires_at bigint not null,
  last_activity_at bigint not null,
  device_id text not null default '',
  props jsonb not null,
  constraint sessions_pkey primary key (id),
  constraint sessions_token_key unique (token_hash),
  constraint sessions_user foreign key (user_id) references users (id) on delete cascade
);
create index sessions_of_user on sessions (user_id);
create index sessions_expiry on sessions (expires_at);

-- tokens
create table tokens (
  id id not null,
  token_hash text collate "C" not null,
  user_id id not null,
  description text not null,
  is_active boolean not null default true,
  create_at bigint not null,
  constraint tokens_pkey primary key (id),
  constraint tokens_token_key unique (token_hash),
  constraint tokens_user foreign key (user_id) references users (id) on delete cascade
);
create index tokens_of_user on tokens (user_id);

-- presence
create table statuses (
  user_id id not null,
  status name_text not null,
  manual boolean not null,
  last_activity_at bigint not null,
  dnd_end_at bigint not null default 0,
  constraint statuses_pkey primary key (user_id),
  constraint statuses_user foreign key (user_id) references users (id) on delete cascade
) with (fillfactor = 70);

-- teams
create table teams (
  id id not null,
  create_at bigint not null,
  update_at bigint not null,
  delete_at bigint not null default 0,
  name name_text not null,
  display_name text not null,
  description text not null,
  email text not null,
  type name_text not null,
  company_name text not null,
  allowed_domains text not null,
  invite_id id not null,
  allow_open_invite boolean not null,
  last_team_icon_update bigint not null default 0,
  constraint teams_pkey primary key (id),
  constraint teams_name_key unique (name),
  constraint teams_invite_key unique (invite_id)
);
create table team_members (
  team_id id not null,
  user_id id not null,
  explicit_roles text not null default '',
  scheme_user boolean not null,
  scheme_admin boolean not null,
  scheme_guest boolean not null default false,
  create_at bigint not null,
  constraint team_members_pkey primary key (team_id, user_id),
  constraint team_members_team foreign key (team_id) references teams (id) on delete cascade,
  constraint team_members_user foreign key (user_id) references users (id) on delete cascade
);
create index team_members_of_user on team_members (user_id);

-- channels; team_id is '' for conversations between persons, whose names are unique by their people
create table channels (
  id id not null,
  create_at bigint not null,
  update_at bigint not null,
  delete_at bigint not null default 0,
  team_id id not null,
  type name_text not null,
  name name_text not null,
  display_name text not null,
  header text not null default '',
  purpose text not null default '',
  creator_id id not null,
  last_post_at bigint not null default 0,
  last_root_post_at bigint not null default 0,
  total_msg_count bigint not null default 0,
  total_msg_count_root bigint not null default 0,
  constraint channels_pkey primary key (id),
  constraint channels_name_key unique (team_id, name)
) with (fillfactor = 70);
create index channels_public on channels (team_id, display_name) where type = 'O' and delete_at = 0;
create table channel_members (
  channel_id id not null,
  user_id id not null,
  explicit_roles text not null default '',
  scheme_user boolean not null,
  scheme_admin boolean not null,
  scheme_guest boolean not null default false,
  notify_props jsonb not null,
  update_at bigint not null,
  constraint channel_members_pkey primary key (channel_id, user_id),
  constraint channel_members_channel foreign key (channel_id) references channels (id) on delete cascade,
  constraint channel_members_user foreign key (user_id) references users (id) on delete cascade
);
create index channel_members_of_user on channel_members (user_id);

-- categories: only what a person arranged; the built-in ones exist without a row
create table categories (
  user_id id not null,
  team_id id not null,
  id name_text not null,
  type name_text not null,
  sort_order integer not null,
  sorting name_text not null,
  display_name text not null,
  muted boolean not null default false,
  collapsed boolean not null default false,
  constraint categories_pkey primary key (user_id, team_id, id),
  constraint categories_user foreign key (user_id) references users (id) on delete cascade,
  constraint categories_team foreign key (team_id) references teams (id) on delete cascade
);
create table category_channels (
  user_id id not null,
  team_id id not null,
  channel_id id not null,
  category_id name_text not null,
  position integer not null,
  constraint category_channels_pkey primary key (user_id, team_id, channel_id),
  constraint category_channels_user foreign key (user_id) references users (id) on delete cascade,
  constraint category_channels_team foreign key (team_id) references teams (id) on delete cascade,
  constraint category_channels_channel foreign key (channel_id) references channels (id) on delete cascade
);

-- posts; create_at is strictly increasing within a channel, so it is the order of the commits
create table posts (
  id id not null,
  create_at bigint not null,
  update_at bigint not null,
  edit_at bigint not null default 0,
  delete_at bigint not null default 0,
  user_id id not null,
  channel_id id not null,
  root_id id not null,
  message text not null,
  type name_text not null,
  props jsonb not null,
  hashtags text not null,
  pending_post_id name_text not null,
  constraint posts_pkey primary key (id),
  constraint posts_channel foreign key (channel_id) references channels (id) on delete cascade
);
create unique index posts_in_channel on posts (channel_id, create_at);
create index posts_changed on posts (channel_id, update_at);
create index posts_in_thread on posts (root_id, create_at) where root_id <> '';
create unique index posts_pending_key on posts (user_id, pending_post_id) where pending_post_id <> '';

-- unreads: apart from memberships, because they change with every post and memberships do not
create table channel_reads (
  channel_id id not null,
  user_id id not null,
  last_viewed_at bigint not null default 0,
  msg_count bigint not null default 0,
  msg_count_root bigint not null default 0,
  mention_count bigint not null default 0,
  mention_count_root bigint not null default 0,
  urgent_mention_count bigint not null default 0,
  constraint channel_reads_pkey primary key (channel_id, user_id),
  constraint channel_reads_member foreign key (channel_id, user_id)
    references channel_members (channel_id, user_id) on delete cascade
) with (fillfactor = 70);
create table mention_words (
  word name_text not null,
  user_id id not null,
  constraint mention_words_pkey primary key (word, user_id),
  constraint mention_words_user foreign key (user_id) references users (id) on delete cascade
);
create index mention_words_of_user on mention_words (user_id);
-- keywords that match inside words too
create index mention_words_beyond_ascii on mention_words (word, user_id) where octet_length(word) <> char_length(word);
