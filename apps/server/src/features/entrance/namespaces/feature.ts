import { extend } from '../../../core/extension.ts'
import type { Feature } from '../../../core/feature.ts'
import { derivings } from '../directory/index.ts'
import { makePlaces } from './making.ts'
import routes from './routes.ts'
import { isAnyOn, listDerived } from './store.ts'
import { deriveGroups, unitsOf } from './units.ts'

export const namespaces: Feature = {
  name: 'namespaces',
  routes,
  extensions: [
    extend(derivings, {
      isNeeded: async (db) => (await isAnyOn(db)) || (await listDerived(db)).length > 0,
      prepare: makePlaces,
      derive: deriveGroups,
      groupsOf: unitsOf,
    }),
  ],
}
