-- What the planner read whole tables for: whose "do not disturb" ends, who administers the server, where a channel stands in sidebars.
create index statuses_ending on statuses (dnd_end_at) where dnd_end_at > 0;
create index users_administrators on users (id) where delete_at = 0 and 'system_admin' = any(string_to_array(roles, ' '));
create index category_channels_of_channel on category_channels (channel_id);
