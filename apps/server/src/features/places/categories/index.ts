export { sidebarsOf } from './sidebar.ts'
