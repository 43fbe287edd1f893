import { files } from '@plausch/wire'
import { anyoneWho, on, routes } from '../../../core/route.ts'
import { mayFollowLink, mayReadFile, maySendFiles, mayShareFile } from './access.ts'
import { info, link, read, readPreview, readPublic, readThumbnail, upload } from './service.ts'

export default routes(files, {
  upload: on(maySendFiles, upload).stepwise,
  get: on(mayReadFile, read),
  head: on(mayReadFile, read),
  thumbnail: on(mayReadFile, readThumbnail),
  headThumbnail: on(mayReadFile, readThumbnail),
  preview: on(mayReadFile, readPreview),
  headPreview: on(mayReadFile, readPreview),
  info: on(mayReadFile, info),
  link: on(mayShareFile, link),
  getPublic: on(anyoneWho(mayFollowLink), readPublic),
  headPublic: on(anyoneWho(mayFollowLink), readPublic),
})
