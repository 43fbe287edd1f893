-- directory: what an administrator has seen in the preview of moving accounts there; `seen` stands for the result
create table directory_migrations (
  user_id id not null,
  seen_at bigint not null,
  seen text not null,
  constraint directory_migrations_pkey primary key (user_id),
  constraint directory_migrations_user foreign key (user_id) references users (id) on delete cascade
);
