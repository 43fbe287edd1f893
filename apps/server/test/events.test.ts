/**
 * Every event and action of tiers A and B is in the contract, and named in a test, which checks its receivers
 * and data.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { actions, events } from '@plausch/wire'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')

const known = readFileSync(join(root, 'docs/reference/v4-events.tsv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'))
  .filter(([tier]) => tier === 'A' || tier === 'B')
  .map(([, name = '']) => name)
  // The label of answers, which are no events; and the frame that authenticates a socket, which has separate
  // tests.
  .filter((name) => name !== 'response' && name !== 'action:authentication_challenge')

const tests = readdirSync(join(root, 'apps/server'), { recursive: true, encoding: 'utf8' })
  .filter(
    (path) => path.endsWith('.test.ts') && !path.includes('node_modules') && !path.endsWith('events.test.ts'),
  )
  .map((path) => readFileSync(join(root, 'apps/server', path), 'utf8'))

describe.each(known)('%s', (name) => {
  const bare = name.replace('action:', '')

  it('is in the contract', () => {
    expect(name.startsWith('action:') ? actions : events).toHaveProperty(bare)
  })

  it('is expected by a test', () => {
    expect(tests.some((text) => text.includes(`'${bare}'`))).toBe(true)
  })
})
