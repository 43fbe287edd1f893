export { reactionAdded } from './events.ts'
