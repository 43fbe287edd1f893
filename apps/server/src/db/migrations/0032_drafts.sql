-- drafts: what somebody has begun to write, one for each place
create table drafts (
  user_id id not null,
  channel_id id not null,
  root_id id not null,
  create_at bigint not null,
  update_at bigint not null,
  message text not null,
  type name_text not null,
  props jsonb not null,
  file_ids text[] not null,
  priority jsonb,
  constraint drafts_pkey primary key (user_id, channel_id, root_id),
  constraint drafts_user foreign key (user_id) references users (id) on delete cascade,
  constraint drafts_channel foreign key (channel_id) references channels (id) on delete cascade
);
create index drafts_of_channel on drafts (channel_id);
create index drafts_of_thread on drafts (root_id) where root_id <> '';

-- scheduled: posts that wait for their time
create table scheduled_posts (
  id id not null,
  create_at bigint not null,
  update_at bigint not null,
  user_id id not null,
  channel_id id not null,
  root_id id not null,
  message text not null,
  type name_text not null,
  props jsonb not null,
  file_ids text[] not null,
  priority jsonb,
  scheduled_at bigint not null,
  processed_at bigint not null default 0,
  error_code name_text not null default '',
  constraint scheduled_posts_pkey primary key (id),
  constraint scheduled_posts_user foreign key (user_id) references users (id) on delete cascade
);
create index scheduled_posts_of_user on scheduled_posts (user_id, scheduled_at);
create index scheduled_posts_due on scheduled_posts (scheduled_at) where error_code = '';
