-- Emoji that people of the server made. Their pictures lie elsewhere, under keys made of the id.
create table emoji (
  id id not null,
  create_at bigint not null,
  creator_id id not null,
  name name_text not null,
  mime_type name_text not null,
  size integer not null,
  constraint emoji_pkey primary key (id),
  constraint emoji_name_key unique (name)
);
create index emoji_in_order on emoji (create_at, id);

-- When an emoji goes, its reactions go.
create index reactions_of_emoji on reactions (emoji_name);
