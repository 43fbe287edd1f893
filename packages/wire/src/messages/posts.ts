/** Posts: what people write, and the notes of the system. */
import { type Static, Type } from 'typebox'
import { choice, count, flag, flagOn, idOrNone, millis, page, perPage } from '../input.ts'
import { del, get, operations, post, put } from '../operation.ts'
import { Participant } from '../people/users.ts'
import { ChannelType } from '../places/channels.ts'
import { Id, IdOrNone, Ids, JsonText, Millis, Ok, Props, Text } from '../records.ts'
import { FileInfo } from './files.ts'
import { metadataParts } from './post-metadata.ts'
import { Address, LinkEmbed } from './previews.ts'
import { AskedPriority } from './priority.ts'

const fields = {
  id: Id,
  create_at: Millis,
  update_at: Millis,
  edit_at: Millis,
  delete_at: Millis,
  is_pinned: Type.Boolean(),
  user_id: Id,
  channel_id: Id,
  root_id: IdOrNone,
  original_id: IdOrNone,
  message: Type.String(),
  type: Type.String(),
  props: Props,
  hashtags: Type.String(),
  file_ids: Type.Optional(Type.Array(Id)),
  pending_post_id: Type.String(),
  remote_id: Type.Optional(Type.String()),
  reply_count: Type.Integer(),
  last_reply_at: Millis,
  participants: Type.Union([Type.Array(Participant), Type.Null()]),
  is_following: Type.Optional(Type.Boolean()),
  /** Left out if the post has no reactions. */
  has_reactions: Type.Optional(Type.Boolean()),
}

/** A linked post, shown to those who may read it. Links inside that post are not expanded. */
export const PermalinkEmbed = Type.Object({
  type: Type.Literal('permalink'),
  url: Address,
  data: Type.Object({
    post_id: Id,
    post: Type.Object({
      ...fields,
      metadata: Type.Object({ embeds: Type.Optional(Type.Array(LinkEmbed)), ...metadataParts }),
    }),
    team_name: Type.String(),
    channel_display_name: Type.String(),
    channel_type: ChannelType,
    channel_id: Id,
  }),
})
export type PermalinkEmbed = Static<typeof PermalinkEmbed>

export const PostEmbed = Type.Union([LinkEmbed, PermalinkEmbed])
export type PostEmbed = Static<typeof PostEmbed>

/** What the server adds to a post beyond what its author wrote. Empty parts are left out. */
export const PostMetadata = Type.Object({ embeds: Type.Optional(Type.Array(PostEmbed)), ...metadataParts })
export type PostMetadata = Static<typeof PostMetadata>

/** `participants` is null if the post has no thread. A deleted post keeps only ids, times and type. */
export const Post = Type.Object({ ...fields, metadata: PostMetadata })
export type Post = Static<typeof Post>

/**
 * `order` holds ids, newest first. `next_post_id` and `prev_post_id` are '' at the ends of the channel.
 * `has_next` says whether more posts follow these.
 */
export const PostList = Type.Object({
  order: Type.Array(Id),
  posts: Type.Record(Id, Post),
  next_post_id: Type.String(),
  prev_post_id: Type.String(),
  has_next: Type.Boolean(),
  first_inaccessible_post_time: Type.Literal(0),
})
export type PostList = Static<typeof PostList>

/**
 * `pending_post_id` is made by the client. It makes a repeated request harmless: the reply is the first post.
 * From those who manage the server, `create_at` counts if it lies in the past; from others the server ignores
 * it.
 */
export const NewPost = Type.Object({
  channel_id: Id,
  message: Type.Optional(Text(65_535)),
  root_id: Type.Optional(IdOrNone),
  pending_post_id: Type.Optional(Text(128)),
  props: Type.Optional(Props),
  type: Type.Optional(Text(32)),
  file_ids: Type.Optional(Type.Array(Id, { maxItems: 10 })),
  create_at: Type.Optional(Type.Unknown()),
  metadata: Type.Optional(Type.Object({ priority: Type.Optional(Type.Union([AskedPriority, Type.Null()])) })),
})
export type NewPost = Static<typeof NewPost>

/** Where a post is, for people who follow a link to it and may not be members there yet. */
export const PostInfo = Type.Object({
  channel_id: Id,
  channel_type: ChannelType,
  channel_display_name: Type.String(),
  has_joined_channel: Type.Boolean(),
  team_id: IdOrNone,
  team_type: Type.String(),
  team_display_name: Type.String(),
  has_joined_team: Type.Boolean(),
})
export type PostInfo = Static<typeof PostInfo>

const PostPatch = Type.Object({
  is_pinned: Type.Optional(Type.Boolean()),
  message: Type.Optional(Text(65_535)),
  props: Type.Optional(Props),
  file_ids: Type.Optional(Type.Array(Id, { maxItems: 10 })),
})

const shaping = { collapsedThreads: flag, collapsedThreadsExtended: flag, skipFetchThreads: flag }

export const posts = operations('posts', {
  create: post('/posts', { query: { set_online: flagOn }, body: NewPost, reply: Post, status: 201 }),
  get: get('/posts/{post_id}', { query: { include_deleted: flag }, reply: Post, hasTag: true }),
  listByIds: post('/posts/ids', { body: Ids(1000, 1), reply: Type.Array(Post) }),
  patch: put('/posts/{post_id}/patch', { body: PostPatch, reply: Post }),
  update: put('/posts/{post_id}', { body: Type.Object({ id: Id, ...PostPatch.properties }), reply: Post }),
  remove: del('/posts/{post_id}', { query: { permanent: flag }, reply: Ok }),
  pin: post('/posts/{post_id}/pin', { reply: Ok }),
  unpin: post('/posts/{post_id}/unpin', { reply: Ok }),
  listPinned: get('/channels/{channel_id}/pinned', { reply: PostList, hasTag: true }),
  listSaved: get('/users/{user_id}/posts/flagged', {
    query: { team_id: idOrNone, channel_id: idOrNone, page, per_page: perPage },
    reply: PostList,
  }),
  info: get('/posts/{post_id}/info', { reply: PostInfo }),
  history: get('/posts/{post_id}/edit_history', { reply: Type.Array(Post) }),
  restoreVersion: post('/posts/{post_id}/restore/{restore_version_id}', { reply: Post }),
  listInChannel: get('/channels/{channel_id}/posts', {
    query: {
      page,
      per_page: perPage,
      since: millis,
      before: idOrNone,
      after: idOrNone,
      include_deleted: flag,
      ...shaping,
    },
    reply: PostList,
    hasTag: true,
  }),
  thread: get('/posts/{post_id}/thread', {
    query: {
      perPage: count(0, 1000),
      fromPost: idOrNone,
      fromCreateAt: millis,
      fromUpdateAt: millis,
      updatesOnly: flag,
      direction: choice('down', 'up'),
      ...shaping,
    },
    reply: PostList,
    hasTag: true,
  }),
  files: get('/posts/{post_id}/files/info', { reply: Type.Array(FileInfo), hasTag: true }),
})

/**
 * `post` is JSON of Post. `mentions` and `followers` (of the thread) are JSON of string[] and contain only
 * the receiver.
 */
export const postEvents = {
  posted: Type.Object({
    post: JsonText(Post),
    channel_type: Type.String(),
    channel_name: Type.String(),
    channel_display_name: Type.String(),
    sender_name: Type.String(),
    team_id: IdOrNone,
    set_online: Type.Boolean(),
    /** `otherFile` is there if the post has files, `image` if some of them are pictures. */
    otherFile: Type.Optional(Type.Literal('true')),
    image: Type.Optional(Type.Literal('true')),
    mentions: Type.Optional(JsonText(Type.Array(Id))),
    followers: Type.Optional(JsonText(Type.Array(Id))),
    should_ack: Type.Optional(Type.Boolean()),
  }),
  post_edited: Type.Object({ post: JsonText(Post) }),
  post_deleted: Type.Object({ post: JsonText(Post), delete_by: Type.Optional(Id) }),
}
