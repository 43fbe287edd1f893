import { asOldFormat, type Preparations } from '../draft.ts'

export const systemPreparations: Preparations = {
  'system.license': asOldFormat,
  'system.redirectLocation': (draft) => {
    draft.query.url = 'http://127.0.0.1/'
  },
}
