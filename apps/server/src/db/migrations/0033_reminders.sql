-- reminders: one for each person and post; gone when it was sent
create table reminders (
  user_id id not null,
  post_id id not null,
  target_at bigint not null,
  constraint reminders_pkey primary key (user_id, post_id),
  constraint reminders_user foreign key (user_id) references users (id) on delete cascade,
  constraint reminders_post foreign key (post_id) references posts (id) on delete cascade
);
create index reminders_due on reminders (target_at);
create index reminders_of_post on reminders (post_id);
