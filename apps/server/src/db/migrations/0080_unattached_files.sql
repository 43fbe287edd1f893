-- Files that are part of nothing yet, for the sweep that looks for old ones.
create index files_unattached on files (create_at) where post_id = '';
