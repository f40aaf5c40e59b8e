import { randomBytes } from 'node:crypto'
import type { Vault } from '#platform/server/vault.ts'
import { opaqueName } from '../logins.ts'

/** A database that is being made beside the living one, as a work's plan keeps it between its steps. */
export type Beside = {
  databaseName: string
  loginRole: string
  /** Base64 of the secret its logins' passwords come from, sealed as it will be in `tenant_spares`. */
  loginSecretSealed: string
}

export const spareSecretPlace = (databaseName: string) => `tenant_spares.login_secret:${databaseName}`

export function newBeside(vault: Vault): Beside {
  const databaseName = opaqueName()
  const sealed = vault.seal(randomBytes(32), spareSecretPlace(databaseName))
  return { databaseName, loginRole: opaqueName(), loginSecretSealed: sealed.toString('base64') }
}

export const secretOf = (vault: Vault, { databaseName, loginSecretSealed }: Beside): Buffer =>
  vault.open(Buffer.from(loginSecretSealed, 'base64'), spareSecretPlace(databaseName))
