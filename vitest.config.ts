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
          // A worker keeps what it has loaded for its next file: loading the server takes a second of CPU.
          isolate: false,
          expect: patient,
          testTimeout: 20_000,
          hookTimeout: 30_000,
          // By default vitest leaves one core free, which is half of two.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'processes',
          expect: patient,
          include: [processes],
          globalSetup: ['apps/server/test/process/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // Each has servers of its own and mostly waits for them.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'browser journeys',
          include: ['e2e/**/*.test.ts'],
          globalSetup,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: patient,
          // A journey waits for half of its time: two at once keep two cores busy.
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
