-- audit: who did what; rows are only ever added, and outlive the account that they are about
create table audits (
  id id not null,
  create_at bigint not null,
  user_id id not null,
  action text not null,
  extra_info text not null,
  ip_address text not null,
  session_id id not null,
  constraint audits_pkey primary key (id)
);
create index audits_of_user on audits (user_id, id);
