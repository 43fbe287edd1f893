export {
  type Action,
  actionIn,
  checkAttachments,
  keepIntegrations,
  withoutIntegrations,
} from './attachments.ts'
export { actionKeyOf, openCookie, type SealedPost, withCookies } from './cookies.ts'
