import { WrongField } from '#platform/server/requests.ts'
import { isCommon } from './common.ts'
import { isMadeOf, wordsAbout } from './context.ts'

/** NIST SP 800-63B-4, 3.1.1.2: fifteen where a password could stand alone; nothing on its make-up; no change by the calendar. */
export const minimumLength = 15

/** Whether a password is known from a leak; false when nobody could be asked. */
export type Breached = (password: string) => Promise<boolean>

/**
 * Lets a new password pass, or says in the field `password` what to do about it.
 * @param person whose it will be: their own name protects nobody
 * @throws {WrongField}
 */
export async function mustBeGood(
  password: string,
  person: { firstName: string; lastName: string; email: string },
  breached: Breached,
): Promise<void> {
  const hashed = password.normalize('NFKC') // what is hashed is what is judged
  const length = [...hashed].length
  if (length < minimumLength)
    throw new WrongField('body', 'password', 'password_too_short', { missing: minimumLength - length })
  // What everybody would try is said before what only those would who know the person.
  if (await isCommon(hashed)) throw new WrongField('body', 'password', 'password_common')
  if (isMadeOf(hashed, wordsAbout(person))) throw new WrongField('body', 'password', 'password_context')
  if (await breached(hashed)) throw new WrongField('body', 'password', 'password_breached')
}
