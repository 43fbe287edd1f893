-- What the planner read whole tables for: whose "do not disturb" ends, and where a channel stands in sidebars.
create index statuses_ending on statuses (dnd_end_at) where dnd_end_at > 0;
create index category_channels_of_channel on category_channels (channel_id);
