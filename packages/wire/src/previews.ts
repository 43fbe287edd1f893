/** What is behind the links of a message, and pictures from elsewhere. */
import { type Static, Type } from 'typebox'
import { ChannelType } from './channels.ts'
import { text } from './input.ts'
import { get, operations } from './operation.ts'
import { Id, Props } from './records.ts'

const Address = Type.String()

/** What a page says of itself; '' where it does not. */
export const OpenGraph = Type.Object({
  type: Type.String(),
  url: Address,
  title: Type.String(),
  description: Type.String(),
  site_name: Type.String(),
  images: Type.Array(
    Type.Object({
      url: Address,
      secure_url: Type.Optional(Address),
      width: Type.Optional(Type.Integer({ minimum: 0 })),
      height: Type.Optional(Type.Integer({ minimum: 0 })),
    }),
  ),
})
export type OpenGraph = Static<typeof OpenGraph>

/** The size of a picture; `frame_count` is 0 for what does not move. */
export const PostImage = Type.Object({
  format: Type.String(),
  width: Type.Integer({ minimum: 0 }),
  height: Type.Integer({ minimum: 0 }),
  frame_count: Type.Integer({ minimum: 0 }),
})
export type PostImage = Static<typeof PostImage>

/** A post behind a link to it, for those who may read it; `post` is a Post. */
export const PermalinkEmbed = Type.Object({
  type: Type.Literal('permalink'),
  url: Address,
  data: Type.Object({
    post_id: Id,
    post: Props,
    team_name: Type.String(),
    channel_display_name: Type.String(),
    channel_type: ChannelType,
    channel_id: Id,
  }),
})
export type PermalinkEmbed = Static<typeof PermalinkEmbed>

const LinkEmbed = Type.Object({
  type: Type.Union([
    Type.Literal('image'),
    Type.Literal('link'),
    Type.Literal('opengraph'),
    Type.Literal('message_attachment'),
  ]),
  url: Address,
  data: Type.Optional(OpenGraph),
})

export const PostEmbed = Type.Union([LinkEmbed, PermalinkEmbed])
export type PostEmbed = Static<typeof PostEmbed>

export const previews = operations('previews', {
  /** Answers with the picture, or, where the proxy is off, sends clients there (302). */
  image: get('/image', { query: { url: text(2048) }, type: 'image/png' }),
})
