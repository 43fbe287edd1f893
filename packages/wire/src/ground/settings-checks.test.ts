import { expect, test } from 'vitest'
import { expectedOf, isBelowPath, isSetting, mayBe, tidied } from './settings-checks.ts'
import type { SettingName, SettingSection } from './settings-table.ts'

const takes = (name: SettingName, value: unknown): boolean => {
  const [section, key = ''] = name.split('.')
  return mayBe(section as SettingSection, key, value)
}

test.each<[SettingName, unknown[], unknown[]]>([
  ['TeamSettings.EnableOpenServer', [true, false], ['true', 1, 0, null, undefined, {}, []]],
  [
    'TeamSettings.MaxUsersPerTeam',
    [1, 1_000_000_000],
    [0, -1, 1.5, '5', Number.NaN, Number.POSITIVE_INFINITY, 2 ** 40],
  ],
  ['TeamSettings.UserStatusAwayTimeout', [1, 3600], [0, -1]],
  ['TeamSettings.SiteName', ['P', 'Überall ✓', 'x'.repeat(30)], ['', 'x'.repeat(31), 'a\nb', 5]],
  ['TeamSettings.RestrictDirectMessage', ['any', 'team'], ['', 'Any', 'none']],
  [
    'TeamSettings.ExperimentalDefaultChannels',
    [[], ['a', 'b']],
    ['a', [1], [null], { 0: 'a' }, new Array(1001).fill('a')],
  ],
  [
    'ServiceSettings.CollapsedThreads',
    ['disabled', 'default_off', 'default_on', 'always_on'],
    ['', 'on', true, 'constructor'],
  ],
  ['ServiceSettings.WebsocketPort', [1, 65_535], [0, 65_536, '80']],
  ['ServiceSettings.PostEditTimeLimit', [-1, 0, 300], [-2]],
  ['ServiceSettings.GoroutineHealthThreshold', [-1, 0, 5], [-2]],
  [
    'ServiceSettings.DeleteAccountLink',
    ['', 'https://example.org/a?b#c'],
    ['javascript:alert(1)', '/a', 'example.org', 'https://a b'],
  ],
  [
    'ServiceSettings.TrustedProxyIPHeader',
    [[], ['X-Forwarded-For', 'X-Real-IP']],
    [[''], ['a b'], ['x:'], 'x'],
  ],
  [
    'PlauschSettings.TrustedProxies',
    [[], ['10.0.0.5', '10.0.0.0/8', '::1', 'fd00::/8', '::ffff:10.0.0.1', '0.0.0.0/0']],
    [
      ['10.0.0'],
      ['10.0.0.256'],
      ['10.0.0.0/33'],
      ['fd00::/129'],
      ['proxy.example'],
      ['1.2.3.4.5'],
      ['::1%lo'],
      ['/8'],
      [''],
      '::1',
    ],
  ],
  [
    'ServiceSettings.ListenAddress',
    ['', ':8065', '127.0.0.1:8065', '[::1]:80'],
    ['8065', ':', 'a b:1', 8065],
  ],
  ['PasswordSettings.MinimumLength', [5, 72], [4, 73]],
  ['AnnouncementSettings.BannerColor', ['#fff', '#f2a93b'], ['', 'red', '#12', 'url(x)']],
  ['DataRetentionSettings.DeletionJobStartTime', ['00:00', '23:59'], ['24:00', '2:00', '']],
  ['EmailSettings.SMTPServer', ['', 'mail.example.org'], [5, 'a\0b', 'x'.repeat(65_537)]],
  ['LocalizationSettings.DefaultServerLocale', ['en', 'de'], ['fr', '']],
  [
    'PluginSettings.Plugins',
    [{}, { a: { b: [1, null] } }],
    [[], null, 'x', { a: 'x'.repeat(70_000) }, { a: 'b\0c' }],
  ],
  ['SqlSettings.ReplicaLagSettings', [[], [{ DataSource: 'x' }]], [{}, ['x'], [null]]],
  ['MessageExportSettings.GlobalRelaySettings', [], [{}, { CustomerType: 'A9' }, [], 'x']],
  ['FeatureFlags.TestFeature', ['off', ''], [false]],
])('%s', (name, good, bad) => {
  expect(good.filter((value) => !takes(name, value))).toEqual([])
  expect(bad.filter((value) => takes(name, value))).toEqual([])
})

test.each([
  ['https://chat.example.org', true],
  ['http://127.0.0.1:8065', true],
  ['http://[::1]:8065', true],
  ['https://Chat.Example.org', true],
  ['http://[::1]:8065/chat', false],
  ['https://chat.example.org/a/b', false],
  ['', true],
  ['https://chat.example.org/', false],
  ['https://chat.example.org/a/', false],
  ['https://chat.example.org//a', false],
  ['https://chat.example.org/../a', false],
  ['https://chat.example.org/a/./b', false],
  ['https://chat.example.org?a', false],
  ['https://chat.example.org#a', false],
  ['https://ana:secret@chat.example.org', false],
  ['https://chat.example.org\\a', false],
  [' https://chat.example.org', false],
  ['chat.example.org', false],
  ['ftp://chat.example.org', false],
  ['https://', false],
])('checks the site address: %s', (url, isGood) => {
  expect(takes('ServiceSettings.SiteURL', url)).toBe(isGood)
})

test.each([
  ['https://chat.example.org/', 'https://chat.example.org'],
  ['https://chat.example.org', 'https://chat.example.org'],
  ['https://chat.example.org//', 'https://chat.example.org/'],
  ['', ''],
  [5, 5],
])('removes the slash at the end of an address: %s', (sent, kept) => {
  expect(tidied('ServiceSettings', 'SiteURL', sent)).toBe(kept)
  expect(tidied('ServiceSettings', 'WebsocketURL', sent)).toBe(kept)
  expect(tidied('SupportSettings', 'HelpLink', sent)).toBe(sent)
})

test.each([
  ['http://[::1]:8065/chat', true],
  ['https://chat.example.org/a/b', true],
  ['https://chat.example.org', false],
  ['https://chat.example.org/a//b', false],
  ['nonsense/chat', false],
  ['', false],
])('detects a site address with a path: %s', (url, is) => {
  expect(isBelowPath('ServiceSettings', 'SiteURL', url)).toBe(is)
  expect(isBelowPath('SupportSettings', 'HelpLink', url)).toBe(false)
})

test('an object deeper than sixteen levels is refused', () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) })
  expect(takes('PluginSettings.Plugins', deep(16))).toBe(true)
  expect(takes('PluginSettings.Plugins', deep(17))).toBe(false)
})

test('a name that every object has, such as a method, is not a setting', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    expect(isSetting(name, 'name'), name).toBe(false)
    expect(isSetting('TeamSettings', name), name).toBe(false)
  }
})

test('the expected value is described without words', () => {
  expect(expectedOf('TeamSettings', 'EnableOpenServer')).toBe('true | false')
  expect(expectedOf('ServiceSettings', 'WebsocketPort')).toBe('1 … 65535')
  expect(expectedOf('TeamSettings', 'RestrictDirectMessage')).toBe('"any" | "team"')
  expect(expectedOf('TeamSettings', 'ExperimentalDefaultChannels')).toBe('["…"]')
})
