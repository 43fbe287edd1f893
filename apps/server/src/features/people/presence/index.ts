export { maySetCustom, maySetStatus } from './access.ts'
export { clearCustom, setCustom } from './custom.ts'
export { noteActivity, set as setStatus, statusesOf } from './service.ts'
