import { pino, type Logger as Pino } from 'pino'

export type Logger = Pick<Pino, 'info' | 'warn' | 'error' | 'debug' | 'fatal'>

/**
 * Logs in JSON lines. Neither secrets nor personal data: a request is logged by its route, never by its address with
 * values in it; headers and bodies are not logged at all; an error by its type, message and stack.
 */
export function openLog(level: string): Pino {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['*.password', '*.code', '*.secret', '*.token', '*.email', 'req', 'res'], remove: true },
    serializers: {
      err: ({ name, message, code, stack }: Error & { code?: string }) => ({ name, message, code, stack }),
    },
  })
}
