export { passwordChanged } from './events.ts'
export { checkPassword } from './hashes.ts'
export { hashedPassword, resetPassword, savePassword } from './service.ts'
