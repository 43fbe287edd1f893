import { expect, it } from 'vitest'
import { namedIn, readIn, readingSources } from './setting-readers.ts'

it.each([
  ['a path', 'server.settings().TeamSettings.SiteName', ['TeamSettings.SiteName']],
  [
    'parts of a section',
    'const { SiteURL, AllowCorsFrom: from } = server.settings().ServiceSettings',
    ['ServiceSettings.SiteURL', 'ServiceSettings.AllowCorsFrom'],
  ],
  [
    'parts in a parameter',
    'const f = ({ SupportSettings: { SupportEmail } }: Settings) => SupportEmail',
    ['SupportSettings.SupportEmail'],
  ],
  [
    'parts of a section in a parameter',
    "const f = ({ SupportEmail }: Settings['SupportSettings']) => SupportEmail",
    ['SupportSettings.SupportEmail'],
  ],
  [
    'a section by another name',
    'const settings = server.settings().PlauschSettings\nif (settings.MaxActiveUsers > 0) settings.Nothing',
    ['PlauschSettings.MaxActiveUsers'],
  ],
  [
    'a section by another name in a parameter',
    'const f = ({ EmailSettings: settings }: Settings) => settings.SMTPPort',
    ['EmailSettings.SMTPPort'],
  ],
  [
    'one of two sections',
    'const rules = isGuest ? GuestAccountsSettings : TeamSettings\nrules.RestrictCreationToDomains',
    ['GuestAccountsSettings.RestrictCreationToDomains', 'TeamSettings.RestrictCreationToDomains'],
  ],
  ['words in comments', '/** As TeamSettings.SiteName says. */\n// TeamSettings.SiteName\nconst x = 1', []],
  ['words in texts', "const name = 'TeamSettings.SiteName'", []],
])('%s is found if the source reads it', (_, text, names) => {
  expect(readIn(text).sort()).toEqual([...names].sort())
})

it('no file reads a setting in a way that readIn does not understand', async () => {
  const missed: string[] = []
  for (const [path, text] of await readingSources()) {
    const found = readIn(text)
    // If another section of the file has the same key, the key belongs to that section.
    const keys = new Set(found.map((name) => name.split('.')[1]))
    missed.push(
      ...namedIn(text)
        .filter((name) => !keys.has(name.split('.')[1]))
        .map((name) => `${path}: ${name}`),
    )
  }
  expect(missed).toEqual([])
})
