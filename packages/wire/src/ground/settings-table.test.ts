import { expect, test } from 'vitest'
import { everySetting, isSetting, mayBe, valueIn } from './settings-checks.ts'
import { changedDefaults, sectionNotes } from './settings-notes.ts'
import { defaultSettings, secretSettings } from './settings-table.ts'

const every = everySetting()

/** All strings inside a value, each with its path. */
const textsIn = (path: string, value: unknown): [string, string][] => {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => textsIn(`${path}.${key}`, each))
}

test('the table has the 626 settings and 46 sections of Mattermost 11.6, and ours', () => {
  const theirs = every.filter(({ section }) => section !== 'PlauschSettings')
  expect(theirs).toHaveLength(626)
  expect(new Set(theirs.map(({ section }) => section)).size).toBe(46)
  expect(Object.keys(sectionNotes)).toEqual(Object.keys(defaultSettings))
})

test('every default is an allowed value of its setting', () => {
  expect(every.filter(({ section, key, value }) => !mayBe(section, key, value))).toEqual([])
})

test('no default names a host of a third party', () => {
  const hosts = textsIn('', defaultSettings).filter(
    ([, text]) =>
      /\/\/(?!localhost[:/])[\w-]+|\b[\w-]+\.(com|org|net|io|de|cloud)\b/i.test(text) ||
      /mattermost/i.test(text),
  )
  expect(hosts).toEqual([])
})

test('a changed default exists, is listed once, and differs from the value of Mattermost', () => {
  const changes = changedDefaults.flatMap(({ v4 }) => Object.entries(v4))
  for (const [name, theirs] of changes) {
    const [section = '', key = ''] = name.split('.')
    expect(isSetting(section, key), name).toBe(true)
    expect(typeof theirs, name).toBe(typeof valueIn(defaultSettings, section, key))
    expect(theirs, name).not.toEqual(valueIn(defaultSettings, section, key))
  }
  expect(new Set(changes.map(([name]) => name)).size).toBe(changes.length)
})

test('a setting whose name sounds like a secret is listed as a secret', () => {
  const open = new Set([
    // The server sends these to clients, which use them in the browser.
    'ServiceSettings.GoogleDeveloperKey',
    'ServiceSettings.GiphySdkKey',
    // These are names and paths, not the secrets themselves.
    'ServiceSettings.TLSKeyFile',
    'FileSettings.AmazonS3AccessKeyId',
    'FileSettings.ExportAmazonS3AccessKeyId',
    'LdapSettings.PrivateKeyFile',
    'SamlSettings.PrivateKeyFile',
    'ElasticsearchSettings.ClientKey',
    'PluginSettings.SignaturePublicKeyFiles',
  ])
  const sounding = [
    ...textsIn('', defaultSettings).map(([path]) => path.slice(1)),
    ...every.map((each) => `${each.section}.${each.key}`),
  ]
    .filter((name) => /(Key|Key[A-Z]\w*|Secret\w*|Password|Salt|Token)$/.test(name))
    .filter(
      (name) =>
        !name.startsWith('PasswordSettings.') &&
        typeof valueIn(defaultSettings, ...split(name)) !== 'boolean',
    )
  expect(sounding.filter((name) => !secretSettings.has(name) && !open.has(name))).toEqual([])
})

test('every listed secret is a setting, or a property of one', () => {
  const paths = new Set([
    ...textsIn('', defaultSettings).map(([path]) => path.slice(1)),
    ...every.map((each) => `${each.section}.${each.key}`),
  ])
  expect([...secretSettings].filter((name) => !paths.has(name))).toEqual([])
})

const split = (name: string): [string, string] => {
  const [section = '', key = ''] = name.split('.')
  return [section, key]
}
