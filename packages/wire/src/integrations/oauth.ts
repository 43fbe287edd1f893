/** OAuth applications, which act for people: the operations that clients call. */
import { Type } from 'typebox'
import { get, operations } from '../operation.ts'
import { Props } from '../records.ts'

export const oauth = operations('oauth', {
  appInfo: get('/oauth/apps/{app_id}/info', { reply: Props }),
  listAuthorized: get('/users/{user_id}/oauth/apps/authorized', { reply: Type.Array(Props) }),
})
