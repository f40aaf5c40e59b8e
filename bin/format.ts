import { runLoudly } from './steps.ts'

process.exitCode = await runLoudly(['oxfmt', ...process.argv.slice(2)])
