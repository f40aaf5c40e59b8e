import type { Forgetting } from '#server/support'
import type { Jobs } from '#platform/server/jobs.ts'
import type { Handler } from '#platform/server/requests.ts'
import type { Vault } from '#platform/server/vault.ts'
import { answering } from './answering.ts'
import { copying } from './copying/copying.ts'
import { extending } from './extending.ts'
import { forgetting } from './forgetting.ts'
import { holdings } from './holdings.ts'
import { identifying } from './identifying.ts'
import { listing, reading } from './listing.ts'
import { proving } from './proving/proving.ts'
import { correcting, receiving } from './receiving.ts'

export { copyWork } from './copying/copy-job.ts'
export { reminding } from './reminding.ts'

export function privacyHandlers(on: { jobs: () => Jobs; vault: Vault } & Forgetting): readonly Handler[] {
  return [
    listing,
    reading,
    receiving,
    correcting,
    ...identifying,
    extending,
    ...answering,
    ...proving(on),
    holdings,
    copying(on),
    forgetting(on),
  ]
}
