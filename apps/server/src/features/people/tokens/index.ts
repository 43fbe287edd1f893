export { tokenCreated } from './events.ts'
export { createToken } from './service.ts'
