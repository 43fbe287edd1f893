/** `plausch …`: one file per command. */
import { serve } from '@plausch/server/main'
process.exitCode = await serve(process.env)
