-- jobs: long work that administrators start and watch; the queue `jobs.run` runs it. `progress` is in
-- percent.
create table jobs (
  id id not null,
  type text not null,
  priority integer not null default 0,
  create_at bigint not null,
  start_at bigint not null default 0,
  last_activity_at bigint not null,
  status text not null,
  progress integer not null default 0,
  data jsonb not null default '{}'::jsonb,
  constraint jobs_pkey primary key (id)
);
create index jobs_by_type on jobs (type, create_at desc);
create index jobs_by_time on jobs (create_at desc);
