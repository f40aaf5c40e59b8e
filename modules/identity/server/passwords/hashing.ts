import { hash, threads, verify } from './threads.ts'
import { inTurn, type Turn } from './turns.ts'

const turns = inTurn(threads)

/** A few seconds of work: who would wait longer is told to come again, or a flood would fill the memory and the minutes. */
const mostStrangers = 100 * threads

/** Whether so many strangers' passwords wait to be checked that one more had better not. */
export const strangersCrowd = (): boolean => turns.strangersWaiting() >= mostStrangers

export function hashPassword(password: string): Promise<string> {
  return turns(() => hash(password.normalize('NFKC')))
}

// Checked when the account does not exist, so that the answer takes the same time.
let nobodys: Promise<string> | undefined

/**
 * @param passwordHash undefined for an unknown account: the same work is done, and the answer is no
 * @param whose a stranger's is checked after all others, so that no flood of them keeps anybody waiting
 */
export async function passwordIs(
  passwordHash: string | undefined,
  password: string,
  whose: Turn = 'known',
): Promise<boolean> {
  // Waited for whoever asks: made once, by an account that exists or by one that does not.
  const standIn = await (nobodys ??= hashPassword('nobody has this password'))
  const right = await turns(() => verify(passwordHash ?? standIn, password.normalize('NFKC')), whose)
  return right && passwordHash !== undefined
}
