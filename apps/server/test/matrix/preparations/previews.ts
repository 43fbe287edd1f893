import type { Preparations } from '../draft.ts'

export const previewsPreparations: Preparations = {
  'previews.image': ({ scene, query }) => {
    query.url = `${scene.at.server.url}/robots.txt`
  },
}
