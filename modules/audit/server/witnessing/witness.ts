import type { AuditWitness, WitnessTroubleCode } from '#contract/audit'

/** A checkpoint to be handed over: `note` bears the log's own signature. */
export type Handed = { size: number; root: Buffer; note: string }

/** What a witness gave for it: the line it signed, or where its copy lies. */
export type Receipt = { line?: string; keptAt?: string }

/** Somebody else who keeps our checkpoints. */
export type Witness = {
  name: string
  kind: AuditWitness['kind']
  /**
   * @param last the size of the latest checkpoint it is known to hold, 0 for none
   * @throws {WitnessTrouble}
   */
  hand(checkpoint: Handed, last: number): Promise<Receipt>
}

/** Why a checkpoint could not be handed over. `detail` is shown to people and logged: no secret ever stands in it. */
export class WitnessTrouble extends Error {
  override name = 'WitnessTrouble'
  readonly code: WitnessTroubleCode
  readonly detail: string
  constructor(code: WitnessTroubleCode, detail: string) {
    super(`${code}: ${detail}`)
    this.code = code
    this.detail = detail
  }
}
