import { Fault } from '../../../core/faults.ts'

export const appInfo = (): never => {
  throw new Fault('oauth.app_not_found')
}

/** Nobody can have let an application act for them: there is none. */
export const listAuthorized = (): Record<string, unknown>[] => []
