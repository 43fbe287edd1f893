/** Runs the server until a signal ends it. */
import { serve as runServer } from '@plausch/server/main'
import type { Command } from './command.ts'

export const serve: Command = {
  name: 'serve',
  summary: 'run the server',
  usage: '',
  details: `Configured by variables of the environment that begin with PLAUSCH_; the most important:

  PLAUSCH_LISTEN        address and port, 127.0.0.1:8065 by default
  PLAUSCH_DATA          data folder, ./data by default
  PLAUSCH_DATABASE_URL  an external PostgreSQL; without it the embedded one runs
  PLAUSCH_SITE_URL      the address under which people reach the server

Serves the web client as it was last built; 'npm start' builds it when that is needed.`,
  options: {},
  run: () => runServer(process.env),
}
