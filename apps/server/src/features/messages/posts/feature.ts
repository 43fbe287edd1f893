import type { Feature } from '../../../core/feature.ts'
import { postMetadata, setMetadataParts } from './metadata.ts'
import routes from './routes.ts'

export const posts: Feature = {
  name: 'posts',
  routes,
  start: ({ extensions }) => setMetadataParts(extensions.of(postMetadata)),
}
