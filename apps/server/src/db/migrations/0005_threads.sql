-- What the replies below a post add up to; kept by the statement that writes posts, so that lists need not count.
create table threads (
  post_id id not null,
  channel_id id not null,
  reply_count bigint not null default 0,
  last_reply_at bigint not null default 0,
  -- who wrote in it, the latest last
  participants text[] not null default '{}',
  delete_at bigint not null default 0,
  constraint threads_pkey primary key (post_id),
  constraint threads_post foreign key (post_id) references posts (id) on delete cascade
);
create index threads_in_channel on threads (channel_id);

-- Who follows a thread, and how much of it was read. `following` is null for those whom the first post names: they follow from the first reply on.
create table thread_members (
  post_id id not null,
  user_id id not null,
  channel_id id not null,
  following boolean,
  last_viewed_at bigint not null default 0,
  -- how many of its replies were there when it was read: what came since is unread
  replies_seen bigint not null default 0,
  unread_mentions bigint not null default 0,
  updated_at bigint not null default 0,
  constraint thread_members_pkey primary key (user_id, post_id),
  constraint thread_members_post foreign key (post_id) references posts (id) on delete cascade,
  constraint thread_members_member foreign key (channel_id, user_id) references channel_members (channel_id, user_id) on delete cascade
) with (fillfactor = 70);
create index thread_members_of_thread on thread_members (post_id);
create index thread_members_in_channel on thread_members (channel_id, user_id);

insert into threads (post_id, channel_id, reply_count, last_reply_at, participants, delete_at)
select r.id, r.channel_id, sum(a.n), max(a.last), array_agg(a.user_id::text order by a.last), r.delete_at
from (
  select root_id, user_id, count(*) as n, max(create_at) as last from posts where root_id <> '' and delete_at = 0 group by 1, 2
) a join posts r on r.id = a.root_id
group by r.id, r.channel_id, r.delete_at;
