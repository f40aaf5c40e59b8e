import { WrongField } from '#platform/server/requests.ts'

// The dot-atoms of RFC 5322, which need no quoting anywhere, at a host name of at least two labels.
const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
const address = new RegExp(`^${atom}(\\.${atom})*@(${label}\\.)+${label}$`)

/**
 * Why nobody of the team can have this address, if so. ASCII only: letters that merely look like others would make another
 * account look like one's own, in the address or, written in punycode, in its domain.
 */
export function problemOf(email: string): 'email_not_ascii' | 'email_invalid' | undefined {
  if (!/^[\x21-\x7e]+$/.test(email) || /[@.]xn--/i.test(email)) return 'email_not_ascii'
  if (!address.test(email.toLowerCase()) || email.indexOf('@') > 64) return 'email_invalid'
  return undefined
}

/** An address for the team, in lower case. @throws {WrongField} of the body's `email` */
export function staffAddress(typed: string): string {
  const problem = problemOf(typed)
  if (problem) throw new WrongField('body', 'email', problem)
  return typed.toLowerCase()
}

/** What somebody typed to be told by mail: only the very address of an account will do, its capitals apart. */
export function sameAddress(typed: string): string | null {
  return /^[\x21-\x7e]+$/.test(typed) ? typed.toLowerCase() : null
}
