/** What is behind the links of a message, and pictures from elsewhere. */
import { type Static, Type } from 'typebox'
import { text } from '../input.ts'
import { get, operations } from '../operation.ts'

export const Address = Type.String()

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

/** The size of a picture; `frame_count` is that of a GIF, and 0 for all others, as v4 has it. */
export const PostImage = Type.Object({
  format: Type.String(),
  width: Type.Integer({ minimum: 0 }),
  height: Type.Integer({ minimum: 0 }),
  frame_count: Type.Integer({ minimum: 0 }),
})
export type PostImage = Static<typeof PostImage>

/** What is shown of an address outside. */
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
  /** Answers with the picture, or, where the proxy is off, sends clients there (302). */
  image: get('/image', { query: { url: text(2048) }, type: 'image/png' }),
})
