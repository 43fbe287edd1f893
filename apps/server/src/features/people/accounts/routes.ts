import { accounts } from '@plausch/wire'
import { anyone, anyoneWho, on, routes } from '../../../core/route.ts'
import { mayAskForMail, mayAskForReset, maySetWay, mayVerifyOther } from './access.ts'
import {
  desktopLogin,
  loginType,
  resetPassword,
  sendReset,
  sendVerification,
  verify,
  verifyMember,
} from './service.ts'
import { setWay, switchLogin } from './switching.ts'

export default routes(accounts, {
  // The request has a token, which gives the permission; the service checks it.
  verify: on(anyone, verify),
  resetPassword: on(anyone, resetPassword).stepwise,
  desktopLogin: on(anyone, desktopLogin),
  sendVerification: on(anyoneWho(mayAskForMail), sendVerification),
  sendReset: on(anyoneWho(mayAskForReset), sendReset),
  verifyMember: on(mayVerifyOther, verifyMember),
  setWay: on(maySetWay, setWay),
  loginType: on(anyone, loginType).reading,
  // Proving waits for the directory, and for hashing.
  switchLogin: on(anyone, switchLogin).stepwise,
})
