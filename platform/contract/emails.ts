/**
 * An e-mail address that mail servers of the world accept: the dot-atom of RFC 5321 in ASCII, a dotted domain, 254 characters.
 * ASCII only, so that lower case means the same here and in PostgreSQL.
 */
export function emailHolds(email: string): boolean {
  return email.length <= 254 && emailShape.test(email)
}

const emailShape =
  /^(?=[^@]{1,64}@)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/
