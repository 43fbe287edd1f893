export { messageOf } from './letters.ts'
export { noticeUnmailed } from './telling.ts'
