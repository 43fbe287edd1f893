-- directory: the client certificate that we show, and its key
create table directory_files (
  name text not null,
  content text not null,
  constraint directory_files_pkey primary key (name),
  constraint directory_files_name check (name in ('certificate', 'key'))
);

-- directory: `deactivated_at` is when a pass took the account out (0: it did not; an administrator may have);
-- `missing_since` is when a pass missed the person first (0: they were there).
create table directory_people (
  user_id id not null,
  deactivated_at bigint not null default 0,
  missing_since bigint not null default 0,
  constraint directory_people_pkey primary key (user_id),
  constraint directory_people_user foreign key (user_id) references users (id) on delete cascade
);

-- directory: accounts that a pass would have switched off, but the brake held back; `triggers` says why,
-- separated by blanks.
create table directory_held (
  user_id id not null,
  reason text not null,
  triggers text not null,
  job_id id not null,
  held_at bigint not null,
  constraint directory_held_pkey primary key (user_id),
  constraint directory_held_user foreign key (user_id) references users (id) on delete cascade
);
