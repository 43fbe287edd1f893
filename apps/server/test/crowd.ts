/**
 * Fills the tables of a server with SQL: enough rows in each large table that PostgreSQL has to choose
 * between plans.
 */

/** The minimum number of rows in each large table. */
export const MANY = 12_000

/** Tables that grow with posts, or with people and their channels. */
export const LARGE = [
  'acknowledgements',
  'audits',
  'categories',
  'category_channels',
  'channel_members',
  'channel_reads',
  'drafts',
  'files',
  'mention_words',
  'post_versions',
  'posts',
  'preferences',
  'reactions',
  'reminders',
  'scheduled_posts',
  'sessions',
  'statuses',
  'team_members',
  'thread_members',
  'threads',
  'tokens',
  'users',
]

const id = (letter: string) => `'${letter}' || lpad(n::text, 25, '0')`
const channel = `'c' || lpad((n % 1200)::text, 25, '0')`
// Many teams: a plan for any team assumes their mean size, and uses an index only if that is small.
const team = `'g' || lpad((n % 30)::text, 25, '0')`
const each = `from generate_series(1, ${MANY}) n`

/**
 * Statements for people in thirty teams, ten people to a channel, each with one of everything; and as many
 * posts of `authorId` in `channelId`.
 */
export const crowd = (authorId: string, channelId: string): string[] =>
  `
  insert into posts (id, create_at, update_at, user_id, channel_id, root_id, message, type, hashtags, pending_post_id, props, edit_at, delete_at, is_pinned)
    select ${id('x')}, n, n, '${authorId}', '${channelId}',
      case when n % 3 = 0 then 'x' || lpad((n / 3 + 1)::text, 25, '0') else '' end, 'm', '', '', '', '{}', 0, 0, false ${each};
  insert into teams select (jsonb_populate_record(t.one, jsonb_build_object('id', ${team}, 'name', 'crowd' || n, 'invite_id', ${team}))).*
    from (select teams as one from teams limit 1) t, generate_series(0, 29) n;
  insert into channels select (jsonb_populate_record(c.one, jsonb_build_object('id', ${channel}, 'team_id', ${team}, 'name', 'crowd' || n))).*
    from (select channels as one from channels where type = 'P' limit 1) c, generate_series(0, 1199) n;
  insert into users (id, create_at, update_at, username, email, roles, locale, timezone, notify_props)
    select ${id('u')}, n, n, 'crowd' || n, 'crowd' || n || '@example.org', 'system_user', 'en', '{}', '{}' ${each};
  insert into statuses (user_id, status, manual, last_activity_at) select ${id('u')}, 'offline', false, n ${each};
  insert into mention_words (word, user_id) select '@crowd' || n, ${id('u')} ${each} on conflict do nothing;
  insert into sessions (id, token_hash, csrf, user_id, create_at, expires_at, last_activity_at, props)
    select ${id('s')}, 'crowd' || n, 'x', ${id('u')}, n, 4000000000000, n, '{}' ${each};
  insert into tokens (id, token_hash, user_id, description, create_at) select ${id('t')}, 'crowd' || n, ${id('u')}, '', n ${each};
  insert into audits (id, create_at, user_id, action, extra_info, ip_address, session_id)
    select ${id('a')}, n, ${id('u')}, 'x', '', '', ${id('s')} ${each};
  insert into preferences (user_id, category, name, value) select ${id('u')}, 'flagged_post', ${id('y')}, 'true' ${each};
  insert into team_members (team_id, user_id, scheme_user, scheme_admin, create_at) select ${team}, ${id('u')}, true, false, n ${each};
  insert into channel_members (channel_id, user_id, scheme_user, scheme_admin, notify_props, update_at)
    select ${channel}, ${id('u')}, true, false, '{}', n ${each};
  insert into channel_reads (channel_id, user_id) select ${channel}, ${id('u')} ${each} on conflict do nothing;
  insert into categories (user_id, team_id, id, type, sort_order, sorting, display_name)
    select ${id('u')}, ${team}, 'own' || n, 'custom', 0, '', 'Own' ${each};
  insert into category_channels (user_id, team_id, channel_id, category_id, position)
    select ${id('u')}, ${team}, ${channel}, 'own' || n, 0 ${each};
  insert into posts (id, create_at, update_at, user_id, channel_id, root_id, message, type, hashtags, pending_post_id, props, edit_at, delete_at, is_pinned)
    select ${id('y')}, n, n, ${id('u')}, ${channel}, '', 'm', '', '', '', '{}', 0, 0, false ${each};
  insert into post_versions (id, post_id, replaced_at, edit_at, message, props, hashtags)
    select ${id('v')}, ${id('y')}, n, 0, 'm', '{}', '' ${each};
  insert into threads (post_id, channel_id, participants) select ${id('y')}, ${channel}, array[${id('u')}] ${each};
  insert into thread_members (post_id, user_id, channel_id, following) select ${id('y')}, ${id('u')}, ${channel}, true ${each};
  insert into reactions (post_id, user_id, emoji_name, create_at) select ${id('y')}, ${id('u')}, 'smile', n ${each};
  insert into acknowledgements (post_id, user_id, acknowledged_at) select ${id('y')}, ${id('u')}, n ${each};
  insert into reminders (user_id, post_id, target_at) select ${id('u')}, ${id('y')}, 4000000000000 ${each};
  insert into files (id, create_at, update_at, user_id, channel_id, post_id, name, extension, size, mime_type)
    select ${id('f')}, n, n, ${id('u')}, ${channel}, ${id('y')}, 'a.txt', 'txt', 1, 'text/plain' ${each};
  insert into drafts (user_id, channel_id, root_id, create_at, update_at, message, type, props, file_ids)
    select ${id('u')}, ${channel}, '', n, n, 'm', '', '{}', '{}' ${each};
  insert into scheduled_posts (id, create_at, update_at, user_id, channel_id, root_id, message, type, props, file_ids, scheduled_at)
    select ${id('p')}, n, n, ${id('u')}, ${channel}, '', 'm', '', '{}', '{}', 4000000000000 ${each};
  analyze`.split(';')
