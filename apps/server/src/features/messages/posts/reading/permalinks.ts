/**
 * Previews of links to other posts of this server. They depend on the reader: a person who may not read the
 * linked post sees only the link. So the server computes previews for each reader on reading, and puts them
 * in no event.
 */
import type { PermalinkEmbed, Post, PostList } from '@plausch/wire'
import type { Context } from '../../../../core/context.ts'
import { type SeenChannel, seeChannels } from '../../../places/channels/index.ts'
import { findTeam } from '../../../places/teams/index.ts'
import { shownPost } from '../records.ts'
import { findPosts, listPosts, type ThreadedPost } from '../store.ts'
import { writableById } from './heavy.ts'

type Link = { url: string; id: string }

/** The first link in a message to a post of this site; v4 shows only this one. */
const linkIn = (message: string, site: string): Link | undefined => {
  for (let at = message.indexOf(site); at >= 0; at = message.indexOf(site, at + site.length)) {
    const [path, id] =
      /^\/[a-z0-9_-]{1,64}\/pl\/([a-z0-9]{26})\b/.exec(message.slice(at + site.length, at + 200)) ?? []
    if (path !== undefined && id !== undefined) return { url: site + path, id }
  }
  return undefined
}

const embedOf = (
  { url, id }: Link,
  post: ThreadedPost,
  { channel }: SeenChannel,
  teamNames: ReadonlyMap<string, string>,
): PermalinkEmbed => ({
  type: 'permalink',
  url,
  data: {
    post_id: id,
    // Links inside the linked post are never expanded: the caller passes posts as they are stored.
    post: shownPost(post) as PermalinkEmbed['data']['post'],
    team_name: teamNames.get(channel.team_id) ?? '',
    channel_display_name: channel.display_name,
    channel_type: channel.type,
    channel_id: channel.id,
  },
})

/** The names of the channels' teams; each one is looked up once, however many links lead there. */
const namesOfTeams = async ({ db }: Context, seen: Iterable<SeenChannel>): Promise<Map<string, string>> => {
  const names = new Map<string, string>()
  for (const id of new Set([...seen].map(({ channel }) => channel.team_id))) {
    if (id !== '') names.set(id, (await findTeam(db, id))?.name ?? '')
  }
  return names
}

/**
 * Adds to posts the previews that the actor may see. Costs nothing if there are no links. In transactions
 * `read` is another function than `listPosts`.
 */
export const addPermalinks = async (
  context: Context,
  posts: readonly Post[],
  read: typeof listPosts = listPosts,
): Promise<void> => {
  const { SiteURL, EnablePermalinkPreviews } = context.server.settings().ServiceSettings
  const site = SiteURL.replace(/\/+$/, '')
  if (!EnablePermalinkPreviews || site === '') return
  const links = posts.flatMap((post) => {
    const link = linkIn(post.message, site)
    return link ? [{ post, link }] : []
  })
  if (links.length === 0) return
  const found = (await read(context.db, [...new Set(links.map(({ link }) => link.id))])).filter(
    (post) => post.delete_at === 0 && !post.type.startsWith('system_'),
  )
  const originals = new Map(found.map((post) => [post.id, post]))
  const seen = await seeChannels(
    context,
    found.map((post) => post.channel_id),
  )
  const teamNames = await namesOfTeams(context, seen.values())
  for (const { post, link } of links) {
    const original = originals.get(link.id)
    const channel = original && seen.get(original.channel_id)
    if (!original || !channel) continue
    const embed = embedOf(link, original, channel, teamNames)
    post.metadata = { ...post.metadata, embeds: [embed, ...(post.metadata.embeds ?? [])] }
  }
}

export const withPermalinks = async (context: Context, list: PostList): Promise<PostList> => {
  await addPermalinks(context, Object.values(list.posts))
  return { ...list, posts: writableById(list.posts) }
}

/** A post that the actor has just written, as they see it: with previews of the posts they may read. */
export const asWritten = async (context: Context, post: Post): Promise<Post> => {
  await addPermalinks(context, [post], findPosts)
  return post
}
