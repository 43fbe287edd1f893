export { messageOf } from './letters.ts'
export { moveTo, type ProvenAccount } from './switching.ts'
export { noticeUnmailed } from './telling.ts'
export { desktopToken } from './tokens.ts'
