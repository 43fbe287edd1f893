-- terms: what people confirm before they use the server; a new text is a new row
create table terms (
  id id not null,
  create_at bigint not null,
  user_id id not null,
  text text not null,
  translations jsonb not null,
  constraint terms_pkey primary key (id)
);

-- users: which terms were confirmed, and when; '' for none
alter table users add column terms_of_service_id id not null default '';
alter table users add column terms_of_service_create_at bigint not null default 0;
