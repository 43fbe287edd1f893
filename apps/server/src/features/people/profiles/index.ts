export { takePicture } from './service.ts'
