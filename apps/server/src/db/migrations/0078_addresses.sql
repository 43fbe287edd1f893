-- E-mail addresses are shown to others only where somebody wants that. A server that has run before keeps what its people are used to: it had the
-- default of then, or a value of its own.
insert into settings (section, key, value, update_at)
select 'PrivacySettings', 'ShowEmailAddress', 'true'::jsonb, (extract(epoch from now()) * 1000)::bigint from installation
on conflict do nothing;
