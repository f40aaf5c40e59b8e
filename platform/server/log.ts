import { pino, type Logger as Pino, type LoggerOptions } from 'pino'

export type Logger = Pick<Pino, 'info' | 'warn' | 'error' | 'debug' | 'fatal'>

/**
 * Logs in JSON lines. Neither secrets nor personal data: a request is logged by its route, never by its address with
 * values in it; headers and bodies are not logged at all; an error by its type, message and stack.
 */
export function openLog(level: string): Pino {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['*.password', '*.code', '*.secret', '*.token', '*.email', 'req', 'res'], remove: true },
    serializers: {
      err: ({ name, message, code, stack }: Error & { code?: string }) => ({ name, message, code, stack }),
    },
  }
  return pino(options, (standardOutput ??= gathered()))
}

/** One for the whole process: each of them would write every tenth of a second, even nothing, for as long as it lives. */
let standardOutput: ReturnType<typeof gathered> | undefined

// Lines are gathered for a tenth of a second: a write for each line was an eighth of what a short answer costs.
// What is gathered is written when the process ends, unless it is killed.
const gathered = () => pino.destination({ fd: 1, sync: false, minLength: 4096, periodicFlush: 100 })
