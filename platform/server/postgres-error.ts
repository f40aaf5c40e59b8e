/** A database that cannot be used, said in a sentence for the person at the terminal. */
export class PostgresError extends Error {
  override name = 'PostgresError'
}
