import { previews } from '@plausch/wire'
import { on, routes, signedIn } from '../../../core/route.ts'
import { image } from './proxy.ts'

export default routes(previews, {
  image: on(signedIn, image),
})
