-- Posts carry the block they were indexed in, `:` and its number, as a word. No post of a block is newer than `newest`, so that a search can ask the
-- newest blocks first and knows when it may stop. What was indexed before has no such word, and is block 0.
create table search_blocks (
  block integer not null,
  newest bigint not null,
  posts integer not null,
  constraint search_blocks_pkey primary key (block)
);
create index search_blocks_by_time on search_blocks (newest, block) where block > 0;

insert into search_blocks (block, newest, posts) select 0, coalesce(max(create_at), 0), count(*) from search_posts;
