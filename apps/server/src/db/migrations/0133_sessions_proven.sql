-- sessions: when the person last proved who they are, as far as is known; 0 for "not known", as for people whom
-- a provider lets in without asking them. Sessions that are there already have proven nothing.
alter table sessions add column proven_at bigint not null default 0;
