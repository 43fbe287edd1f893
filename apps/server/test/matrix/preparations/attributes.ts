import { unique } from '@plausch/testkit'
import { attributes } from '@plausch/wire'
import type { Draft, Preparations } from '../draft.ts'

const newField = () => ({ name: unique('field'), type: 'text' as const })

const withField = async (draft: Draft) => {
  const { id } = await draft.scene.owner.call(attributes.createField, { body: newField() })
  draft.params.field_id = id
  draft.after = async () => {
    await draft.scene.owner.call(attributes.removeField, { params: { field_id: id } }).catch(() => undefined)
  }
}

export const attributesPreparations: Preparations = {
  'attributes.createField': (draft) => {
    draft.body = newField()
  },
  'attributes.patchField': withField,
  'attributes.removeField': withField,
}
