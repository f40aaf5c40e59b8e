import { z } from 'zod'
import { canonicalJson, isCanonicalJson } from './canonical-json.ts'

const Somebody = z.strictObject({ id: z.string(), type: z.enum(['staff', 'member', 'system', 'anonymous']) })
export type Somebody = z.infer<typeof Somebody>

/**
 * What the tree holds of an entry: pseudonymous ids and a commitment, nothing about a person's health, no name, no
 * address. It is public to whoever may read the log, and stays for ever.
 */
export const Leaf = z.strictObject({
  v: z.literal(1),
  id: z.uuid(),
  /** To the millisecond, in UTC. */
  time: z.iso.datetime({ precision: 3 }),
  actor: Somebody,
  /** RFC 8693: whom the actor works for, where it is somebody else. */
  onBehalfOf: Somebody.optional(),
  impersonation: z.uuid().optional(),
  session: z.uuid().optional(),
  tenant: z.uuid().optional(),
  /** Of an action in a tenant's database: its intent and its outcome bear the same (decision 9). */
  operation: z.uuid().optional(),
  verb: z.string(),
  object: z.strictObject({ id: z.string().optional(), count: z.int().optional(), type: z.string() }),
  reason: z.string().optional(),
  ticket: z.string().optional(),
  result: z.enum(['done', 'seen', 'refused', 'intended', 'failed']),
  /** SHA-256 over salt and payload, in hex; absent where there is no payload. */
  commitment: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})
export type Leaf = z.infer<typeof Leaf>

/** A bundle tells an entry's length in two bytes (C2SP tlog-tiles). */
export const longestLeaf = 65_535

/** @throws {RangeError} longer than a leaf may be, which no entry of ours comes near */
export function leafOf(entry: Leaf): string {
  const leaf = canonicalJson(entry)
  if (Buffer.byteLength(leaf) > longestLeaf)
    throw new RangeError(`${entry.verb}: an entry may hold ${longestLeaf} bytes`)
  return leaf
}

/** For whoever shows the log: what is no leaf of ours is shown as it stands. */
export function tryLeaf(leaf: string): Leaf | undefined {
  try {
    return readLeaf(leaf)
  } catch {
    return undefined
  }
}

/** @throws what is no leaf of ours, or not written canonically */
export function readLeaf(leaf: string): Leaf {
  const value: unknown = JSON.parse(leaf)
  const entry = Leaf.parse(value)
  if (!isCanonicalJson(leaf, value)) throw new Error('not canonical JSON (RFC 8785)')
  return entry
}
