-- Whether somebody is the last administrator is asked at each change of a role.
create index users_admins on users (id) where delete_at = 0 and roles like '%system_admin%';
