import type { Feature } from '../../../platform/feature.ts'
import { teamActions } from './actions.ts'

export const teams: Feature = { name: 'teams', actions: teamActions }
