import { expect, test } from 'vitest'
import { attachmentsOf, hasAttachments } from './attachments.ts'

const one = (attachment: unknown) => attachmentsOf({ props: { attachments: [attachment] } })[0]

test('whatever an integration sends, fields of the wrong kind are empty', () => {
  expect(attachmentsOf({ props: { attachments: [null, 'x', []] } })).toEqual([])
  expect(hasAttachments({ props: { attachments: 'x' } })).toBe(false)
  expect(one({ title: {}, text: ['a'], fields: 'x', actions: [null, { id: 'a' }], color: 7 })).toMatchObject({
    ...{ title: '', text: '', fields: [], actions: [], color: '' },
  })
})

test('links lead to pages only, and colours are colours', () => {
  expect(
    one({ title_link: 'javascript:alert(1)', image_url: 'data:image/png,', color: 'red;x:y' }),
  ).toMatchObject({
    ...{ titleLink: '', image: '', color: '' },
  })
  expect(one({ title_link: 'https://example.org', color: '#0a0' })).toMatchObject({
    ...{ titleLink: 'https://example.org/', color: '#0a0' },
  })
})

test('fields may have values of any kind, buttons and menus have names', () => {
  expect(
    one({
      fields: [
        { title: 'n', value: 3, short: 'true' },
        { title: 'b', value: false },
      ],
    })?.fields,
  ).toEqual([
    { title: 'n', value: '3', isShort: true },
    { title: 'b', value: 'false', isShort: false },
  ])
  const actions = [
    { id: 'go', name: 'Go', style: 'danger' },
    { id: 'pick', name: 'Pick', type: 'select', options: [{ text: 'A', value: 'a' }] },
    { id: 'nameless' },
  ]
  expect(one({ actions })?.actions).toMatchObject([
    { id: 'go', kind: 'button', look: 'danger' },
    { id: 'pick', kind: 'select', options: [{ text: 'A', value: 'a' }] },
  ])
})
