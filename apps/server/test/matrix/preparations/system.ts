import { asOldFormat, type Preparations } from '../draft.ts'

export const systemPreparations: Preparations = {
  'system.license': asOldFormat,
}
