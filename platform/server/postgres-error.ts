/** A database that cannot be used, said in a sentence for the person at the terminal. */
export class PostgresError extends Error {
  override name = 'PostgresError'
}

/** Turns a failed connection into such a sentence; never holds the password. Anything else is handed back as it is. */
export function sayUnreachable(variable: string, url: string, error: unknown): unknown {
  const code = codeOf(error)
  const { hostname, port, pathname, username } = new URL(url)
  const where = `${hostname || 'the local socket'}:${port || 5432}`
  const name = decodeURIComponent(pathname.slice(1))
  switch (code) {
    case '28P01':
    case '28000':
      return new PostgresError(
        `PostgreSQL at ${where} refuses the role "${username}" or its password (${variable}).`,
      )
    case '3D000':
      return new PostgresError(
        `PostgreSQL at ${where} has no database "${name}" (${variable}). Create it: CREATE DATABASE "${name}"`,
      )
    case '42501':
      return new PostgresError(`The role "${username}" of ${variable} lacks a right: ${messageOf(error)}.`)
    default:
      return isNetwork(code, error)
        ? new PostgresError(
            `No PostgreSQL answers at ${where} (${variable}): ${messageOf(error)}. Is it running, and is this the address?`,
          )
        : error
  }
}

function isNetwork(code: string | undefined, error: unknown): boolean {
  return /^(E[A-Z]+|57P0\d|08\w{3})$/.test(code ?? '') || /timeout|terminated/i.test(messageOf(error))
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function messageOf(error: unknown): string {
  // A host with several addresses fails with one error for each.
  if (error instanceof AggregateError) return messageOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
