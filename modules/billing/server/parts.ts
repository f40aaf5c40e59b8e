import type pg from 'pg'
import type { Audit } from '#server/audit'
import type { Clock } from '#platform/server/clock.ts'
import type { AppEnv, ServerConfig } from '#platform/server/config.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Files } from '#platform/server/files.ts'
import type { Jobs } from '#platform/server/jobs.ts'
import type { Logger } from '#platform/server/log.ts'
import type { Mail } from '#platform/server/mail.ts'
import type { Sentences } from '#platform/server/sentences.ts'
import type { Vault } from '#platform/server/vault.ts'
import type { Pdfs } from './pdf/pdfs.ts'

/** What billing is handed by the process. */
export type Given = {
  db: CentralDb
  pool: pg.Pool
  clock: Clock
  log: Logger
  /** For what happens without anybody's request: renewals, payments that a provider tells of. */
  audit: Pick<Audit, 'writeDownAs'>
  mail: Mail
  sentences: Sentences
  files: Files
  jobs: () => Jobs
  dataDir: string
  vault: Vault
  environment: AppEnv
  /** With what documents are sealed; undefined: with what this installation made for itself. */
  sealFiles: ServerConfig['invoiceSeal']
  backofficeUrl: URL
  practiceUrl: URL
}

/** What billing is made with. */
export type Parts = Given & {
  /** Makes, seals and keeps the PDFs of documents. */
  pdfs: Pdfs
}
