import { expect, test } from 'vitest'
import { isAddress, tableOfCells } from './paste.ts'

test('cells of a spreadsheet become a table', () => {
  expect(tableOfCells('Name\tDose\r\nA|B\t 3\r\n')).toBe('| Name | Dose |\n| --- | --- |\n| A\\|B | 3 |')
})

test('code and single lines stay as they are', () => {
  for (const text of ['\tif (x)\n\t\treturn', 'a\tb', 'a\tb\nc', 'no cells', 'a\tb\n\t\n'])
    expect(tableOfCells(text), text).toBeUndefined()
})

test('recognises a single address', () => {
  expect(isAddress(' https://example.org/a?b=c#d ')).toBe(true)
  for (const text of ['see https://example.org', 'example.org', 'javascript:alert(1)'])
    expect(isAddress(text), text).toBe(false)
})
