-- Pictures that stand for something: `user:…`, `team:…`, `brand`. The bytes lie elsewhere, under keys made of the id.
create table pictures (
  owner name_text not null,
  id id not null,
  size integer not null,
  constraint pictures_pkey primary key (owner)
);
