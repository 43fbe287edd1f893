export { createToken } from './service.ts'
