import { Fault } from '../../../core/faults.ts'

export const appInfo = (): never => {
  throw new Fault('oauth.app_not_found')
}

/** Always empty: nobody can have authorised an application, because there are none. */
export const listAuthorized = (): Record<string, unknown>[] => []
