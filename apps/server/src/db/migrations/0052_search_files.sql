-- files of messages that are not in the index yet, or have to be indexed again
create table search_file_queue (
  file_id id not null,
  constraint search_file_queue_pkey primary key (file_id),
  constraint search_file_queue_file foreign key (file_id) references files (id) on delete cascade
);

-- what of a file can be found: the words of its name and of what is written in it
create table search_files (
  file_id id not null,
  words tsvector not null,
  constraint search_files_pkey primary key (file_id),
  constraint search_files_file foreign key (file_id) references files (id) on delete cascade
);
create index search_files_words on search_files using gin (words);

insert into search_file_queue (file_id) select id from files where post_id <> '';
