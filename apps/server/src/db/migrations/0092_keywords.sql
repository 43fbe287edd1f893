-- Servers remember the keywords (words of mention_words that do not begin with @; unreads/keywords.ts). Each new
-- one raises this version, whoever adds it.
create table mention_words_version (
  version bigint not null
) with (fillfactor = 10);
insert into mention_words_version (version) values (1);

create function raise_mention_words_version() returns trigger language plpgsql as $$
begin
  if exists (select from added where word not like '@%') then
    update mention_words_version set version = version + 1;
  end if;
  return null;
end $$;
create trigger mention_words_added after insert on mention_words
  referencing new table as added for each statement execute function raise_mention_words_version();
create trigger mention_words_changed after update on mention_words
  referencing new table as added for each statement execute function raise_mention_words_version();
