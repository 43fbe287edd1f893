import { brand } from '@plausch/wire'
import { anyone, on, routes } from '../../../core/route.ts'
import { mayEditBrand } from './access.ts'
import { image, removeImage, setImage } from './service.ts'

export default routes(brand, {
  image: on(anyone, image),
  setImage: on(mayEditBrand, setImage).stepwise,
  removeImage: on(mayEditBrand, removeImage),
})
