-- The files of a post, in the order its writer gave them. That they are its own is kept in `files`.
alter table posts add column file_ids text[] not null default '{}';
