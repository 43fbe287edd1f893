-- saml: the provider's certificate, and our own certificate and key. Nobody is shown the key.
create table saml_files (
  name text not null,
  content text not null,
  constraint saml_files_pkey primary key (name),
  constraint saml_files_name check (name in ('idp', 'certificate', 'key'))
);
