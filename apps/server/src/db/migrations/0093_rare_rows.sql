-- Each change of a role asks whether somebody is the last administrator.
create index users_admins on users (id) where delete_at = 0 and roles like '%system_admin%';

-- Servers load all keywords after a start and after changes. Most words are names, which they do not load.
create index mention_words_keywords on mention_words (word) where word not like '@%';
