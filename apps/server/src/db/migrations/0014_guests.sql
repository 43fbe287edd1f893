-- users: with every change of an account guests are looked for who see it; there are few of them, or none
create index users_guests on users (id) where roles like '%system_guest%';
