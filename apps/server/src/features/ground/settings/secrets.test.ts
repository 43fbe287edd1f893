import { defaultSettings } from '@plausch/wire'
import { expect, test } from 'vitest'
import { MASK, masked, unmasked } from './secrets.ts'

const settings = structuredClone(defaultSettings)
settings.LdapSettings.BindPassword = 'geheim'
settings.SqlSettings.DataSourceReplicas = ['postgres://geheim@a', 'postgres://geheim@b']
settings.SqlSettings.ReplicaLagSettings = [{ DataSource: 'geheim' }]
settings.MessageExportSettings.GlobalRelaySettings.SMTPPassword = 'geheim'
settings.AutoTranslationSettings.LibreTranslate.APIKey = 'geheim'
settings.PluginSettings.Plugins = { calls: { token: 'geheim', size: 5 } }

test('the masked copy contains no secret, wherever it is, and everything else', () => {
  const shown = masked(settings)
  expect(JSON.stringify(shown)).not.toContain('geheim')
  expect(shown).toMatchObject({
    LdapSettings: { BindPassword: MASK, LdapPort: 389 },
    SqlSettings: { DataSourceReplicas: [MASK, MASK] },
    MessageExportSettings: { GlobalRelaySettings: { SMTPPassword: MASK, CustomerType: 'A9' } },
    PluginSettings: { Plugins: { calls: { token: MASK, size: 5 } } },
    TeamSettings: { SiteName: 'Plausch' },
  })
})

test('an empty secret stays empty', () => {
  expect(masked(settings)).toMatchObject({ EmailSettings: { SMTPPassword: '' } })
})

test('sending the masked copy back changes nothing', () => {
  const shown = masked(settings)
  for (const [section, keys] of Object.entries(settings)) {
    for (const [key, value] of Object.entries(keys)) {
      expect(unmasked(section, key, shown[section]?.[key], value), `${section}.${key}`).toEqual(value)
    }
  }
})

test('a mask without an earlier secret becomes empty; a new secret is accepted', () => {
  expect(unmasked('EmailSettings', 'SMTPPassword', MASK, '')).toBe('')
  expect(unmasked('EmailSettings', 'SMTPPassword', 'neu', 'alt')).toBe('neu')
  expect(unmasked('SqlSettings', 'DataSourceReplicas', [MASK, 'neu', MASK], ['alt'])).toEqual([
    'alt',
    'neu',
    '',
  ])
  expect(unmasked('TeamSettings', 'SiteName', MASK, 'Plausch')).toBe(MASK)
})
