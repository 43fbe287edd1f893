import { defineConfig } from 'vitest/config'

const globalSetup = ['packages/testkit/src/setup.ts']
const processes = 'apps/server/test/process/**/*.test.ts'
// A second, which is usual here, is too short on a machine that is ten times slower.
const patient = { poll: { timeout: 10_000 } }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit and server',
          include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['**/node_modules/**', processes],
          globalSetup,
          testTimeout: 20_000,
          hookTimeout: 30_000,
          expect: patient,
          // By default vitest leaves one core free, which is half of two. PostgreSQL waits for the disk
          // meanwhile.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'processes',
          include: [processes],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          expect: patient,
          // Each has servers of its own and kills them: two at a time would be a test of the machine.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'browser journeys',
          include: ['e2e/**/*.test.ts'],
          globalSetup,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: patient,
          // Two browsers and a server are enough for two cores.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
