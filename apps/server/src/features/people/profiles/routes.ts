import { profiles } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import { mayEditUser, maySeeUser } from '../users/index.ts'
import { defaultImage, image, removeImage, setImage } from './service.ts'

export default routes(profiles, {
  image: on(maySeeUser, image),
  setImage: on(mayEditUser, setImage).stepwise,
  removeImage: on(mayEditUser, removeImage),
  defaultImage: on(maySeeUser, defaultImage),
})
