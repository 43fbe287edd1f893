-- directory: the digest of the picture that was taken last; '' for none, null if nobody has looked yet
alter table directory_people add column picture_digest text;
