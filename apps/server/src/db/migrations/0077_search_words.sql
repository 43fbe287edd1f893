-- Words are taken apart by the server and no longer by the database. What is in the index is indexed again in the background, some at a time: a row here says
-- how far that came, from the newest post and the last file on.
create table search_rebuild (
  kind text not null,
  before_time bigint not null,
  before_id text not null,
  constraint search_rebuild_pkey primary key (kind)
);
insert into search_rebuild (kind, before_time, before_id)
select kind, 9223372036854775807, '~' from unnest(array['post', 'file']) as kind
where exists (select from search_posts) or exists (select from search_files);

-- These are in the index already, and only the way of indexing is new.
alter table search_queue add column is_again boolean not null default false;
