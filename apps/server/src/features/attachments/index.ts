export {
  type Action,
  actionIn,
  checkAttachments,
  keepIntegrations,
  withoutIntegrations,
} from './attachments.ts'
export { openCookie, type SealedPost, withCookies } from './cookies.ts'
