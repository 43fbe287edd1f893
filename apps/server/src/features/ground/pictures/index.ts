export {
  receivePicture,
  removePicture,
  type Shape,
  SQUARE,
  setPicture,
  showBytes,
  showPicture,
} from './service.ts'
