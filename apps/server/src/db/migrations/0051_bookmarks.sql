-- Links and files at the top of channels. Of a deleted one its ids, type and times remain, for clients that catch up.
create table channel_bookmarks (
  id id not null,
  create_at bigint not null,
  update_at bigint not null,
  delete_at bigint not null default 0,
  channel_id id not null,
  owner_id id not null,
  type name_text not null,
  display_name text not null,
  sort_order integer not null,
  link_url text not null default '',
  image_url text not null default '',
  emoji name_text not null default '',
  file_id id not null default '',
  original_id id not null default '',
  parent_id id not null default '',
  constraint channel_bookmarks_pkey primary key (id),
  constraint channel_bookmarks_channel foreign key (channel_id) references channels (id) on delete cascade
);
create index channel_bookmarks_in_channel on channel_bookmarks (channel_id, update_at);
