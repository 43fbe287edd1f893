export { factorChanged } from './events.ts'
export { tryCode } from './service.ts'
