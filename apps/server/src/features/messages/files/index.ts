export { checkMaySendTo } from './access.ts'
export { fileContentRead, filesErased } from './events.ts'
export { enterAlone, type Received, receive } from './receive.ts'
export { shownFile } from './records.ts'
export { checkEnabled, cleanName, tooLarge } from './rules.ts'
export { eraseFiles, eraseFilesOfPosts } from './service.ts'
export {
  attachFiles,
  attachFilesSql,
  type FileRow,
  filesOfPostSql,
  findFile,
  findFiles,
  holdFilesSql,
  moveFiles,
} from './store.ts'
