/** Settings, in v4's sections and keys. */
import { Type } from 'typebox'
import { flag, text } from '../input.ts'
import { get, operations, post, put } from '../operation.ts'
import { Ok, Props, Strings } from '../records.ts'

/** The whole configuration, `{ section: { key: value } }`. Secrets appear as asterisks. */
export const Config = Type.Record(Type.String(), Props)

export const settings = operations('settings', {
  client: get('/config/client', { query: { format: text(16) }, reply: Strings }),
  get: get('/config', { query: { remove_masked: flag, remove_defaults: flag }, reply: Config }),
  patch: put('/config/patch', { body: Config, reply: Config, maxBody: 1_000_000 }),
  replace: put('/config', { body: Config, reply: Config, maxBody: 1_000_000 }),
  reload: post('/config/reload', { reply: Ok }),
  environment: get('/config/environment', { reply: Config }),
})

export const settingEvents = {
  config_changed: Type.Object({ config: Strings }),
  license_changed: Type.Object({ license: Strings }),
}
