export { rewriteEphemeral, sendEphemeral } from './service.ts'
