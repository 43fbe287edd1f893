-- How often lexemes are, in a sample of the posts; '' is the sample itself. By it a search decides whether to walk the newest posts or to ask
-- the index of words. In C's order, so that the beginning of a word is a range.
create table search_frequencies (
  lexeme text collate "C" not null,
  posts bigint not null,
  constraint search_frequencies_pkey primary key (lexeme)
);

-- Whose post it is and where it stands are words of it, too: `:` and the id. The index of words then finds what somebody said, or what was said in a few
-- channels, without looking at all others.
drop index search_posts_words;
update search_posts set words = words || array_to_tsvector(array[':' || channel_id, ':' || user_id]);
-- What is written waits in the index's own list and is sorted in by the hundreds; a search reads that list, so it is kept short.
create index search_posts_words on search_posts using gin (words) with (fastupdate = on, gin_pending_list_limit = 256);

-- Frequent words are found by walking from the newest post on.
create index search_posts_by_time on search_posts (create_at, post_id);
drop index search_posts_in_channel;

insert into search_frequencies (lexeme, posts)
select lexeme, count(*) from (
  select unnest(array_append(tsvector_to_array(words), '')) as lexeme from search_posts where hashtext(post_id::text) % 64 = 0
) sample group by lexeme;

-- A post that is gone is taken from the queue when its turn comes: the statement that writes posts need not look after it.
alter table search_queue drop constraint search_queue_post;
