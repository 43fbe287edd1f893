export { loosenBlobs, ownBlobs, putBlob } from './service.ts'
export { discardBlobs, removeLoose } from './sweep.ts'
