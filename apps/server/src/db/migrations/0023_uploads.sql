-- Files that come in pieces. Each piece is a blob of its own until the file is whole.
create table uploads (
  id id not null,
  create_at bigint not null,
  -- when the last piece came
  update_at bigint not null,
  user_id id not null,
  channel_id id not null,
  filename text not null,
  file_size bigint not null,
  file_offset bigint not null default 0,
  constraint uploads_pkey primary key (id),
  constraint uploads_user foreign key (user_id) references users (id) on delete cascade,
  constraint uploads_channel foreign key (channel_id) references channels (id) on delete cascade
);
create index uploads_of_user on uploads (user_id);
create index uploads_idle on uploads (update_at);

create table upload_pieces (
  upload_id id not null,
  first bigint not null,
  id id not null,
  constraint upload_pieces_pkey primary key (upload_id, first),
  constraint upload_pieces_upload foreign key (upload_id) references uploads (id) on delete cascade
);
