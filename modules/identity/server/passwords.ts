import { hash, verify } from '@node-rs/argon2'

// OWASP's minimum for argon2id: 19 MiB, two passes, one lane. (2 is argon2id; the package's const enum cannot be
// imported by a runtime that only erases types.)
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost)
}

// Checked when the account does not exist, so that the answer takes the same time.
const nobodys = hashPassword('nobody has this password')

/** @param passwordHash undefined for an unknown account: the same work is done, and the answer is no. */
export async function passwordIs(passwordHash: string | undefined, password: string): Promise<boolean> {
  const right = await verify(passwordHash ?? (await nobodys), password.normalize('NFKC'))
  return right && passwordHash !== undefined
}
