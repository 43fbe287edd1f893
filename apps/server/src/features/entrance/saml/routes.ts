import { saml } from '@plausch/wire'
import { anyone, on, routes } from '../../../core/route.ts'
import {
  mayReadIdp,
  mayReadStatus,
  mayRemoveCertificate,
  mayRemoveIdpCertificate,
  mayRemoveKey,
  maySetCertificate,
  maySetIdpCertificate,
  maySetKey,
} from './access.ts'
import {
  certificateStatus,
  removeCertificate,
  removeIdpCertificate,
  removeKey,
  setCertificate,
  setIdpCertificate,
  setKey,
} from './certificates.ts'
import { complete, login, metadata, metadataFromIdp, metadataInFile } from './service.ts'

export default routes(saml, {
  // Open to all, because nobody is signed in yet: the provider's signed answer gives the permission.
  login: on(anyone, login).stepwise,
  complete: on(anyone, complete).stepwise,
  // Everybody may know who we are: it is sent with each sign-in.
  metadata: on(anyone, metadata),
  metadataFromIdp: on(mayReadIdp, metadataFromIdp).reading,
  metadataInFile: on(mayReadIdp, metadataInFile).reading,
  certificateStatus: on(mayReadStatus, certificateStatus),
  setCertificate: on(maySetCertificate, setCertificate).stepwise,
  removeCertificate: on(mayRemoveCertificate, removeCertificate),
  setKey: on(maySetKey, setKey).stepwise,
  removeKey: on(mayRemoveKey, removeKey),
  setIdpCertificate: on(maySetIdpCertificate, setIdpCertificate).stepwise,
  removeIdpCertificate: on(mayRemoveIdpCertificate, removeIdpCertificate),
})
