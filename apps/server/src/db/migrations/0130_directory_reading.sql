-- groups: when a pass first read the members of a group of the directory; 0: none has since it was linked, so
-- nobody leaves a team or a channel because of it.
alter table groups add column read_at bigint not null default 0;
-- Groups that are not linked any more have no members here.
delete from group_members m using groups g where g.id = m.group_id and g.source = 'ldap' and g.delete_at > 0;

-- directory: the job by which an administrator lets this removal go; '' while it is held.
alter table directory_held add column release_id text not null default '';
alter table directory_held_members add column release_id text not null default '';
