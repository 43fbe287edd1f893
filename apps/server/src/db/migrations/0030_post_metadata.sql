-- posts: what their metadata is read from. The flags say on the row whether other tables have something about the post.
alter table posts
  add column is_pinned boolean not null default false,
  add column has_reactions boolean not null default false,
  add column has_acknowledgements boolean not null default false,
  add column priority jsonb;
create index posts_pinned on posts (channel_id, create_at) where is_pinned;

-- reactions: to be asked by post, in the order in which they were given
create table reactions (
  post_id id not null,
  user_id id not null,
  emoji_name name_text not null,
  create_at bigint not null,
  constraint reactions_pkey primary key (post_id, user_id, emoji_name),
  constraint reactions_post foreign key (post_id) references posts (id) on delete cascade,
  constraint reactions_user foreign key (user_id) references users (id) on delete cascade
);
create index reactions_of_user on reactions (user_id);

-- acknowledgements
create table acknowledgements (
  post_id id not null,
  user_id id not null,
  acknowledged_at bigint not null,
  constraint acknowledgements_pkey primary key (post_id, user_id),
  constraint acknowledgements_post foreign key (post_id) references posts (id) on delete cascade,
  constraint acknowledgements_user foreign key (user_id) references users (id) on delete cascade
);
create index acknowledgements_of_user on acknowledgements (user_id);
