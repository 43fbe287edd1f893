import { directory } from '@plausch/wire'
import { on, routes } from '../../../core/route.ts'
import {
  mayLinkGroups,
  mayMigrate,
  mayPreview,
  mayReadGroups,
  mayReadPass,
  mayRelease,
  mayRemoveCertificate,
  mayRemoveKey,
  maySetCertificate,
  maySetKey,
  maySync,
  maySyncMemberships,
  mayTest,
} from './access.ts'
import { removeCertificate, removeKey, setCertificate, setKey } from './certificates.ts'
import { list } from './history.ts'
import { linkGroup, listGroups, syncMemberships, unlinkGroup } from './linking.ts'
import { migrateIds } from './migration.ts'
import { migrateAccounts, previewMigration } from './moving.ts'
import { discard, held, preview, release, sync } from './passes.ts'
import { diagnose, test, testConnection } from './trials.ts'

export default routes(directory, {
  sync: on(maySync, sync),
  preview: on(mayPreview, preview).reading,
  held: on(mayPreview, held),
  release: on(mayRelease, release),
  discard: on(mayRelease, discard),
  listChanges: on(mayReadPass, list),
  // They wait for the directory, so they hold no connection to the database.
  test: on(mayTest, test).reading,
  testConnection: on(mayTest, testConnection).reading,
  diagnose: on(mayTest, diagnose).reading,
  listGroups: on(mayReadGroups, listGroups).reading,
  linkGroup: on(mayLinkGroups, linkGroup).stepwise,
  unlinkGroup: on(mayLinkGroups, unlinkGroup),
  syncMemberships: on(maySyncMemberships, syncMemberships),
  previewMigration: on(mayMigrate, previewMigration).stepwise,
  migrateAccounts: on(mayMigrate, migrateAccounts).stepwise,
  migrateIds: on(mayMigrate, migrateIds).stepwise,
  setCertificate: on(maySetCertificate, setCertificate).stepwise,
  removeCertificate: on(mayRemoveCertificate, removeCertificate),
  setKey: on(maySetKey, setKey).stepwise,
  removeKey: on(mayRemoveKey, removeKey),
})
