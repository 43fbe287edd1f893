-- The generation of an account: sessions, personal tokens and links carry the one in which they were made, and count in no other. `generation` moves
-- when everything ends (a forgotten password, deactivation), `link_generation` also when only links do (one's own new password, another address).
alter table users add column generation integer not null default 0, add column link_generation integer not null default 0;
alter table sessions add column generation integer not null default 0;
-- When a second factor was proven in this session; 0 for never.
alter table sessions add column factor_at bigint not null default 0;
alter table tokens add column generation integer not null default 0;
alter table account_tokens add column generation integer not null default 0;
alter table invitations add column generation integer not null default 0;

-- Who is deactivated already has nothing to come back to.
update users set generation = 1, link_generation = 1 where delete_at > 0;
delete from sessions s using users u where u.id = s.user_id and u.delete_at > 0;
delete from tokens t using users u where u.id = t.user_id and u.delete_at > 0;
delete from account_tokens t using users u where u.id = t.user_id and u.delete_at > 0;
delete from invitations i using users u where u.id = i.inviter_id and u.delete_at > 0;
