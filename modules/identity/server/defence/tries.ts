/** A try, and what it counts under. */
import type { Buckets } from './addresses.ts'
import type { Key } from './counters.ts'

/** A try under way: what it counts for if it fails, and how to give its room back. */
export type Try = Buckets & {
  /** A browser the person signed in from before: it has a count of its own and touches no other. */
  device: Key | null
  account: Key | null
  giveBack: () => void
}

/** All strangers together. */
export const everybody: Key = ['everybody', 'all']

export const pairOf = ([, account]: Key, bucket: string): Key => ['pair', `${account} ${bucket}`]
export const delayOf = ([, account]: Key, bucket: string): Key => ['delay', `${account} ${bucket}`]
