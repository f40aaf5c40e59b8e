/** Texts and reports as they are kept: sealed, of a practice under its own key, so that they are gone with the practice. */
import { promisify } from 'node:util'
import { gunzipSync, gzip } from 'node:zlib'
import type { Vault } from '#platform/server/vault.ts'
import type { Parts } from '../parts.ts'

export type Keeping = {
  seal(what: unknown, place: string): Promise<Buffer>
  /** By which one knows the same again; of a practice with its own key, so that nobody finds out by trying what it was of. */
  digest(what: unknown): Buffer
  /** Undefined where nothing was kept, or is any more, or nothing opens it any more. */
  open<Kept>(sealed: Uint8Array | null, place: string): Kept | undefined
}

export async function keepingOf(
  { vault, tenants }: Pick<Parts, 'vault' | 'tenants'>,
  tenantId: string | null,
): Promise<Keeping> {
  const own: Vault | undefined = tenantId === null ? vault : await tenants.catalogue.vaultOf(tenantId)
  return {
    async seal(what, place) {
      return must(own).seal(await zipped(JSON.stringify(what), { level: 4 }), place)
    },
    digest: (what) => must(own).mac(Buffer.from(JSON.stringify(what)), 'sql_runs.digest'),
    open<Kept>(sealed: Uint8Array | null, place: string): Kept | undefined {
      if (!own || !sealed?.length) return undefined
      return JSON.parse(gunzipSync(own.open(sealed, place)).toString()) as Kept // sealed above, in this shape
    },
  }
}

const zipped = promisify(gzip)

function must(vault: Vault | undefined): Vault {
  if (!vault) throw new Error('the practice has no key any more')
  return vault
}

export const textPlace = (runId: string) => `sql_runs.text_sealed:${runId}`
export const reportPlace = (runId: string) => `sql_runs.report_sealed:${runId}`
export const undoPlace = (requestId: string) => `sql_requests.undo_sealed:${requestId}`

/** What somebody typed. */
export type Typed = { text: string; parameters: (string | null)[] }
