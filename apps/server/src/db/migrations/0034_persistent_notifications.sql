-- acknowledgements: urgent posts whose people are called again until one of them answers
create table persistent_notifications (
  post_id id not null,
  user_ids text[] not null,
  sent_count integer not null default 0,
  last_sent_at bigint not null,
  constraint persistent_notifications_pkey primary key (post_id),
  constraint persistent_notifications_post foreign key (post_id) references posts (id) on delete cascade
);
create index persistent_notifications_due on persistent_notifications (last_sent_at);
