#!/usr/bin/env node
// Runs `plausch` on the Node that package-lock.json pins, whatever Node npx was started with. Plain
// JavaScript: an older Node must understand it.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const args = [join(root, 'apps/cli/src/main.ts'), ...process.argv.slice(2)]
const child = spawn(join(root, 'bin/node'), args, { stdio: 'inherit' })

// Ctrl-C reaches the child from the terminal too; it takes several for one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
})
