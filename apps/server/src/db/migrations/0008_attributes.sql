-- what an organisation wants to know of its people beyond the profile
create table attribute_fields (
  id id not null,
  name text not null,
  type text not null,
  attrs jsonb not null,
  create_at bigint not null,
  update_at bigint not null,
  created_by text not null,
  updated_by text not null,
  constraint attribute_fields_pkey primary key (id),
  constraint attribute_fields_name_key unique (name)
);

create table attribute_values (
  field_id id not null,
  user_id id not null,
  value jsonb not null,
  update_at bigint not null,
  constraint attribute_values_pkey primary key (user_id, field_id),
  constraint attribute_values_field foreign key (field_id) references attribute_fields (id) on delete cascade,
  constraint attribute_values_user foreign key (user_id) references users (id) on delete cascade
);
