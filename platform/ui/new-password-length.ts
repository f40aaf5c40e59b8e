/** NIST SP 800-63B-4, 3.1.1.2: length alone counts, and no rule on what a password is made of. The server decides. */
export const leastLength = 15

/** As people count them: a letter with its accent is one. */
export function lengthOf(password: string): number {
  return [...password.normalize('NFC')].length
}
