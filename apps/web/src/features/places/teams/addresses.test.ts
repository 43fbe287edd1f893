import { expect, it } from 'vitest'
import { addressesIn } from './addresses.ts'

it('finds addresses in lines, lists and forms with names', () => {
  const text = 'Ada <Ada@Example.org>, "Lovelace, A." <al@x.de>;bo@x.de\nkim@sub.x.de bo@x.de'
  expect(addressesIn(text)).toEqual({
    good: ['ada@example.org', 'al@x.de', 'bo@x.de', 'kim@sub.x.de'],
    bad: [],
  })
})

it('reports what is no address', () => {
  expect(addressesIn('ada, ada@, @x.de, ada@x, ada@x.de.')).toEqual({
    good: [],
    bad: ['ada', 'ada@', '@x.de', 'ada@x', 'ada@x.de.'],
  })
})
