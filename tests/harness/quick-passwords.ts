/**
 * Loaded before anything else by the processes of unit tests, and so by the threads they begin: argon2 at the least there is
 * of it. At its true cost every third second of those tests went into hashing. Programs that tests start know nothing of this,
 * and what the true cost is, `threads.test.ts` asks such a program.
 */
import { createRequire } from 'node:module'

type Hashing = (password: string, options: Record<string, unknown>) => string

const argon2 = createRequire(import.meta.url)('@node-rs/argon2') as { hashSync: Hashing }
const { hashSync } = argon2
argon2.hashSync = (password, options) => hashSync(password, { ...options, memoryCost: 8, timeCost: 1 })
