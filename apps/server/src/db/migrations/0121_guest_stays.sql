-- guest stays: who invited a guest, and until when the guest stays; `end_at` is 0 for no end, `told_at` is when
-- the inviter was told that the end is near
create table guest_stays (
  user_id id not null,
  inviter_id id not null,
  end_at bigint not null,
  told_at bigint not null default 0,
  constraint guest_stays_pkey primary key (user_id),
  constraint guest_stays_user foreign key (user_id) references users (id) on delete cascade
);
create index guest_stays_ending on guest_stays (end_at) where end_at > 0;
create index guest_stays_of_inviter on guest_stays (inviter_id);
alter table invitations add column guest_end_at bigint not null default 0;
