/**
 * The newest page of a channel, which everybody who opens it requests. It is cached as JSON for all readers
 * until the next event of the channel (core/channel-cache.ts); their right to read is checked before. The
 * cache saves half of the cost of opening a channel.
 */
import type { PostList } from '@plausch/wire'
import type { Context } from '../../../../core/context.ts'
import { Written } from '../../../../core/route.ts'
import { isLate } from '../late-props.ts'
import { followedOf, type Page } from '../store.ts'
import { writableById } from './heavy.ts'
import { type Collapsing, collapsed, newestFirst } from './pages.ts'

/**
 * A page is not cached if it has links to other posts (computed per reader, permalinks.ts), large properties
 * (late-props.ts) or long messages (heavy.ts).
 */
const isForKeeping = ({ posts }: PostList) =>
  writableById(posts) === posts &&
  !Object.values(posts).some(({ message, props }) => message.includes('/pl/') || isLate(props))

/** Reads the page if none is cached. */
type Reading = () => Promise<PostList>

const wholePage = ({ server }: Context, page: Page, read: Reading): Promise<Written | undefined> =>
  server.channelCache.of(page.channelId, `newest ${page.limit}`, async () => {
    const list = await read()
    if (!isForKeeping(list)) return undefined
    const value = new Written(JSON.stringify(list))
    // The compressed copy takes another quarter.
    return { value, bytes: 1.25 * value.bytes.length }
  })

/**
 * A page of roots without the part that differs per reader (which threads they follow): its JSON up to the
 * posts, and each post without its closing brace.
 */
type Roots = { head: string; posts: { id: string; json: string }[] }

const openRoots = ({ server }: Context, page: Page, read: Reading): Promise<Roots | undefined> =>
  server.channelCache.of(page.channelId, `newest roots ${page.limit}`, async () => {
    const list = await read()
    if (!isForKeeping(list)) return undefined
    const { posts, ...rest } = list
    const value = {
      head: JSON.stringify(rest).slice(0, -1),
      posts: list.order.map((id) => ({ id, json: JSON.stringify(posts[id]).slice(0, -1) })),
    }
    return { value, bytes: 2 * value.posts.reduce((sum, { json }) => sum + json.length, value.head.length) }
  })

const followedPage = async (context: Context, page: Page, read: Reading): Promise<Written | undefined> => {
  const roots = await openRoots(context, page, read)
  if (!roots) return undefined
  const ids = roots.posts.map(({ id }) => id)
  const followed = await followedOf(context.db, context.actor.userId, ids)
  const posts = roots.posts.map(({ id, json }) => `"${id}":${json},"is_following":${followed.has(id)}}`)
  return new Written(`${roots.head},"posts":{${posts.join(',')}}}`)
}

/** The newest posts for a reader. */
export const newestPage = async (
  context: Context,
  { channelId, rootsOnly, limit }: Pick<Page, 'channelId' | 'rootsOnly' | 'limit'>,
  shape: Collapsing,
): Promise<PostList | Written> => {
  const page = { channelId, rootsOnly, limit, offset: 0, withDeleted: false }
  // If this request read the page and it was not cached, the page is here.
  let own: PostList | undefined
  const read = async () => {
    own = await newestFirst(context, page)
    return own
  }
  const kept = rootsOnly ? followedPage : wholePage
  const written = shape.collapsedThreadsExtended ? undefined : await kept(context, page, read)
  return written ?? (await collapsed(context, own ?? (await read()), shape))
}
