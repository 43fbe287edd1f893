export { messageOf } from './letters.ts'
export { moveTo } from './switching.ts'
export { noticeUnmailed } from './telling.ts'
export { desktopToken } from './tokens.ts'
