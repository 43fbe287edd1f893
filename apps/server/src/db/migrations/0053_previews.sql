-- posts: the flag says whether previews of its links are there.
alter table posts add column has_previews boolean not null default false;

-- posts whose links have not been looked at yet; the statement that writes posts puts them here
create table preview_queue (
  post_id id not null,
  attempts integer not null default 0,
  constraint preview_queue_pkey primary key (post_id),
  constraint preview_queue_post foreign key (post_id) references posts (id) on delete cascade
);

-- what is behind an address: type is that of the embed, or '' where there is nothing to show
create table link_previews (
  url text not null,
  fetched_at bigint not null,
  type name_text not null,
  data jsonb,
  images jsonb not null default '{}',
  constraint link_previews_pkey primary key (url)
);

-- the addresses in posts; the one with the number 0 is shown below the post
create table post_previews (
  post_id id not null,
  n integer not null,
  url text not null,
  constraint post_previews_pkey primary key (post_id, n),
  constraint post_previews_post foreign key (post_id) references posts (id) on delete cascade
);
create index post_previews_of_url on post_previews (url);
