/** What was typed is not what the command takes: it is said, and the usage shown. */
export class WrongUsage extends Error {
  override name = 'WrongUsage'
}

/** That, or what parseArgs says of an option there is not. */
export const isWrongUsage = (error: unknown): error is Error =>
  error instanceof WrongUsage ||
  (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
