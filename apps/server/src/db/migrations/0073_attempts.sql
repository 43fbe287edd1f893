-- Failed attempts at a password: `source` is where they came from, an address of the network, a browser that is known or a session; '' is all
-- addresses together.
create table sign_in_attempts (
  user_id id not null,
  source text not null,
  attempts integer not null,
  counted_at bigint not null,
  constraint sign_in_attempts_pkey primary key (user_id, source),
  constraint sign_in_attempts_user foreign key (user_id) references users (id) on delete cascade
);
create index sign_in_attempts_by_time on sign_in_attempts (counted_at);
alter table credentials drop column failed_attempts;

-- Wrong codes of a second factor by who is signed in already.
alter table mfa_secrets add column failed_attempts integer not null default 0, add column failed_at bigint not null default 0;
