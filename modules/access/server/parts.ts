import type { CentralDb } from '#platform/server/db.ts'

/** A permission as the contracts declare it. */
export type Declared = {
  permission: string
  /** Whose contract declares it. */
  module: string
  /** A write it allows asks for a fresh second factor. */
  stepUp: boolean
  limitable: boolean
}

/** What this module is handed: it is everybody's ground and may name no neighbour. */
export type Parts = {
  /** In the order they are shown, those of a module together. */
  permissions: readonly Declared[]
  /** The codes a role may be limited to. */
  departments: readonly string[]
  /** Those of these ids that are clients'. */
  clientsAmong(db: CentralDb, ids: readonly string[]): Promise<readonly string[]>
  /** What the built-in roles are called in either language: nobody else may seem to be one of them. */
  reservedNames: readonly string[]
}
