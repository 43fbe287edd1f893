-- posts: what an edited post said before; gone with the post
create table post_versions (
  id id not null,
  post_id id not null,
  replaced_at bigint not null,
  edit_at bigint not null,
  message text not null,
  props jsonb not null,
  hashtags text not null,
  constraint post_versions_pkey primary key (id),
  constraint post_versions_post foreign key (post_id) references posts (id) on delete cascade
);
create index post_versions_of_post on post_versions (post_id, replaced_at);

-- preferences: saved posts are forgotten with the post
create index preferences_saved_posts on preferences (name) where category = 'flagged_post';
