-- Words inside words are found by their trigrams. The extension comes with PostgreSQL and may be created by the owner of a database.
create extension if not exists pg_trgm;

-- posts that are written and not yet in the index; the statement that writes posts puts them here
create table search_queue (
  post_id id not null,
  constraint search_queue_pkey primary key (post_id),
  constraint search_queue_post foreign key (post_id) references posts (id) on delete cascade
);

-- what of a post can be found: its words as they are (with places, for phrases), their German and English stems, hashtags
create table search_posts (
  post_id id not null,
  channel_id id not null,
  user_id id not null,
  create_at bigint not null,
  words tsvector not null,
  constraint search_posts_pkey primary key (post_id),
  constraint search_posts_post foreign key (post_id) references posts (id) on delete cascade
);
create index search_posts_words on search_posts using gin (words);
create index search_posts_in_channel on search_posts (channel_id, create_at);

-- every word that was ever indexed: a part of a compound leads to the compounds, and those to the posts
create table search_vocabulary (
  word text not null,
  constraint search_vocabulary_pkey primary key (word)
);
create index search_vocabulary_parts on search_vocabulary using gin (word gin_trgm_ops);

insert into search_queue (post_id) select id from posts where delete_at = 0 and type not like 'system\_%';
