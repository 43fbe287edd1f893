/** Previews of links in messages, and pictures from other hosts. */
import { type Static, Type } from 'typebox'
import { text } from '../input.ts'
import { get, operations } from '../operation.ts'

export const Address = Type.String()

/** What a page says about itself; a missing value is ''. */
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

/**
 * The size of a picture. `frame_count` is the number of frames of a GIF, and 0 for all other pictures, as in
 * v4.
 */
export const PostImage = Type.Object({
  format: Type.String(),
  width: Type.Integer({ minimum: 0 }),
  height: Type.Integer({ minimum: 0 }),
  frame_count: Type.Integer({ minimum: 0 }),
})
export type PostImage = Static<typeof PostImage>

/** What clients show for a link to another host. */
export const LinkEmbed = Type.Object({
  type: Type.Union([
    Type.Literal('image'),
    Type.Literal('link'),
    Type.Literal('opengraph'),
    Type.Literal('message_attachment'),
  ]),
  url: Address,
  data: Type.Optional(OpenGraph),
})

export const previews = operations('previews', {
  /** Replies with the picture. If the image proxy is off, redirects the client to it (302). */
  image: get('/image', { query: { url: text(2048) }, type: 'image/png' }),
})
