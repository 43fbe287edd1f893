export {
  receivePicture,
  removePicture,
  type Shape,
  SQUARE,
  setPicture,
  shapePicture,
  showBytes,
  showPicture,
} from './service.ts'
