-- presence: what "do not disturb" with an end goes back to; '' for what happens by itself
alter table statuses add column earlier name_text not null default '';

-- presence: custom statuses are looked through every minute for those that have ended
create index users_with_custom_status on users (id) where (props ->> 'customStatus') <> '';
