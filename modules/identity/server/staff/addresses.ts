import { WrongField } from '#platform/server/requests.ts'

/**
 * An address of the team: ASCII, in lower case. Letters that merely look like others would make another account look like
 * one's own, in the address or, written in punycode, in its domain.
 * @throws {WrongField} of the body's `email`
 */
export function staffAddress(typed: string): string {
  if (!/^[\x21-\x7e]+$/.test(typed)) throw new WrongField('body', 'email', 'email_not_ascii')
  const email = typed.toLowerCase()
  if (/[@.]xn--/.test(email)) throw new WrongField('body', 'email', 'email_not_ascii')
  // The dot-atoms of RFC 5322, which need no quoting anywhere, at a host name of at least two labels.
  const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
  const atoms = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
  if (!new RegExp(`^${atoms}@(${label}\\.)+${label}$`).test(email) || email.indexOf('@') > 64)
    throw new WrongField('body', 'email', 'email_invalid')
  return email
}

/** What somebody typed to be told by mail: only the very address of an account will do, its capitals apart. */
export function sameAddress(typed: string): string | null {
  return /^[\x21-\x7e]+$/.test(typed) ? typed.toLowerCase() : null
}
