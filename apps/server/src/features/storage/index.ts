export { loosenBlobs, ownBlobs, putBlob } from './service.ts'
export { removeLoose } from './sweep.ts'
