-- Blobs that belong to nothing: not yet, or not any more. Their bytes go; nobody else knows of them.
create table loose_blobs (
  key name_text not null,
  since bigint not null,
  constraint loose_blobs_pkey primary key (key)
);
