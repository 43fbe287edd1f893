export { type LeaderOf, leaders } from './leaders.ts'
