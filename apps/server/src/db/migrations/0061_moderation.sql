-- channels: what members and guests may not do in a channel, by the names of v4's groups of permissions
alter table channels add column denied_members text[] not null default '{}';
alter table channels add column denied_guests text[] not null default '{}';
