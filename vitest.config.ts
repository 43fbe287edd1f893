import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit and server',
          include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['packages/testkit/src/setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'browser journeys',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['packages/testkit/src/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Two browsers and a server are enough for two cores.
          fileParallelism: false,
        },
      },
    ],
  },
})
