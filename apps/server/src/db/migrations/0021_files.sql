-- Files of messages. Their bytes lie elsewhere, under keys made of the id.
create table files (
  id id not null,
  create_at bigint not null,
  update_at bigint not null,
  user_id id not null,
  channel_id id not null,
  -- '' until the file is part of a message
  post_id id not null default '',
  name text not null,
  extension name_text not null,
  size bigint not null,
  mime_type name_text not null,
  width integer not null default 0,
  height integer not null default 0,
  -- types and sizes of the smaller pictures, '' and 0 where there is none
  thumbnail_type name_text not null default '',
  thumbnail_size integer not null default 0,
  preview_type name_text not null default '',
  preview_size integer not null default 0,
  mini_preview text not null default '',
  constraint files_pkey primary key (id),
  constraint files_channel foreign key (channel_id) references channels (id) on delete cascade
);
create index files_of_post on files (post_id) where post_id <> '';
create index files_of_channel on files (channel_id, create_at);

-- What is written in them, for search. Waiting ones have still to be read.
create table file_contents (
  file_id id not null,
  is_waiting boolean not null,
  attempts integer not null default 0,
  content text not null default '',
  constraint file_contents_pkey primary key (file_id),
  constraint file_contents_file foreign key (file_id) references files (id) on delete cascade
);
create index file_contents_waiting on file_contents (file_id) where is_waiting;

-- What public links are signed with where the settings have no salt.
create table file_link_keys (
  is_only boolean not null default true,
  key text not null,
  constraint file_link_keys_pkey primary key (is_only),
  constraint file_link_keys_is_only check (is_only)
);
