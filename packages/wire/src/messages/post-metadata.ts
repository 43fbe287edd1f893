/**
 * The parts of a post's metadata, each with the noun that owns it. A new part is a line here; on the server
 * it is an extension of posts (features/messages/posts/metadata.ts).
 */
import { Type } from 'typebox'
import { Acknowledgement } from '../attention/acknowledgements.ts'
import { CustomEmoji } from './emoji.ts'
import { FileInfo } from './files.ts'
import { PostImage } from './previews.ts'
import { PostPriority } from './priority.ts'
import { Reaction } from './reactions.ts'

/** Empty parts are left out. */
export const metadataParts = {
  emojis: Type.Optional(Type.Array(CustomEmoji)),
  files: Type.Optional(Type.Array(FileInfo)),
  images: Type.Optional(Type.Record(Type.String(), PostImage)),
  reactions: Type.Optional(Type.Array(Reaction)),
  priority: Type.Optional(PostPriority),
  acknowledgements: Type.Optional(Type.Array(Acknowledgement)),
}
