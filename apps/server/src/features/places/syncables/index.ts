export { applyPlaces, type Brake, brakes, compareWithGroups, type Misfit, placePerson } from './applying.ts'
export type { PlaceDiff } from './diff.ts'
export { settleLater } from './events.ts'
export { linkPlace } from './service.ts'
export {
  countPlaceMembers,
  forgetLeft,
  outsideOf,
  type Place as SyncedPlace,
  placesOfGroups,
} from './store.ts'
