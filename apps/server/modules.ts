import * as accessContract from '#contract/access'
import * as auditContract from '#contract/audit'
import * as billingContract from '#contract/billing'
import * as cabinetContract from '#contract/cabinet'
import * as clientsContract from '#contract/clients'
import * as dashboardContract from '#contract/dashboard'
import * as identityContract from '#contract/identity'
import * as impersonationContract from '#contract/impersonation'
import * as mailContract from '#contract/mail'
import * as privacyContract from '#contract/privacy'
import * as tenancyContract from '#contract/tenancy'
import * as patientsContract from '#contract/patients'
import * as agendaContract from '#contract/agenda'
import * as notesContract from '#contract/notes'
import * as feesContract from '#contract/fees'
import * as callsContract from '#contract/calls'
import * as remindersContract from '#contract/reminders'
import * as figuresContract from '#contract/figures'
import * as announcementsContract from '#contract/announcements'
import * as sqlConsoleContract from '#contract/sql-console'
import * as supportContract from '#contract/support'
import type pg from 'pg'
import { accessHandlers } from '#server/access'
import { patientsHandlers } from '#server/patients'
import { agendaHandlers } from '#server/agenda'
import { notesForExport, notesHandlers } from '#server/notes'
import { feesHandlers } from '#server/fees'
import { callsHandlers } from '#server/calls'
import { remindersParts } from '#server/reminders'
import { figuresHandlers } from '#server/figures'
import { announcementHandlers } from '#server/announcements'
import { sqlConsoleParts } from '#server/sql-console'
import { forgetPractice, supportParts } from '#server/support'
import {
  auditExportWork,
  auditHandlers,
  auditSchedules,
  checkableLog,
  type Audit,
  type Place,
  type Verifier,
} from '#server/audit'
import { billingParts } from '#server/billing'
import { cabinetHandlers } from '#server/cabinet'
import { clientHandlers, clientsAmong, exportWork, importHandlers, importWork } from '#server/clients'
import { handlers as dashboardHandlers, schedules as dashboardSchedules } from '#server/dashboard'
import type { Members } from '#server/identity'
import { mailHandlers } from '#server/mail'
import { copyWork, privacyHandlers, reminding } from '#server/privacy'
import { isGone, mayComeBack, tenancyParts, type Tenants } from '#server/tenancy'
import type { Clock } from '#platform/server/clock.ts'
import type { AppEnv, ServerConfig } from '#platform/server/config.ts'
import type { BackgroundWork, Errand, Jobs, Schedule } from '#platform/server/jobs.ts'
import type { CentralDb } from '#platform/server/db.ts'
import type { Files } from '#platform/server/files.ts'
import type { Mail } from '#platform/server/mail.ts'
import type { Measure } from '#platform/server/metrics.ts'
import type { Logger } from '#platform/server/log.ts'
import { found, type Handler } from '#platform/server/requests.ts'
import { languages, type Sentences } from '#platform/server/sentences.ts'
import { tenantFiles } from '#platform/server/tenant-files.ts'
import type { Vault } from '#platform/server/vault.ts'
import { declaredPermissions } from './permissions.ts'

/** What a module is handed to build its handlers: the process's shared parts. */
export type Shared = {
  db: CentralDb
  audit: Audit
  vault: Vault
  /** For what speaks to PostgreSQL by COPY. */
  pool: pg.Pool
  files: Files
  sentences: Sentences
  clock: Clock
  log: Logger
  mail: Mail
  jobs: () => Jobs
  environment: AppEnv
  /** What links in mails begin with. */
  backofficeUrl: URL
  practiceUrl: URL
  dataDir: string
  /** With what documents are sealed, where the configuration says so. */
  sealFiles: ServerConfig['invoiceSeal']
  /** To whom checkpoints of the audit log are handed. */
  witnesses: readonly Place[]
  /** Verifies the audit log without holding anybody up. */
  verify: Verifier
  /** By whom messages to patients leave. */
  leaving: Pick<ServerConfig, 'appEnv' | 'smtpUrl' | 'mailFrom' | 'smsUrl' | 'smsToken' | 'smsFrom'>
  /** Where people write to support, and the mailbox in which it arrives. */
  post: Pick<
    ServerConfig,
    'appEnv' | 'mailFrom' | 'supportEmail' | 'imapUrl' | 'imapFolder' | 'imapAuthservId'
  >
  /** The ways to the practices' databases. */
  tenants: Tenants
  inviteHolder: Members['invite']
  /** How the provisioner connects, where this process makes practices. */
  provisionerDatabaseUrl: string | undefined
  /** As whom the SQL console works on the central database; undefined where that was not set up. */
  consoleDatabaseUrl: string | undefined
}

export type ServerModule = {
  handlers: readonly Handler[]
  works?: readonly BackgroundWork[]
  errands?: readonly Errand[]
  schedules?: readonly Schedule[]
  measures?: readonly Measure[]
  /** Addresses at the back-office's root that lead into the API. */
  aliases?: readonly `/${string}`[]
  /** In a process that runs jobs, once they run. */
  start?(): Promise<void>
  /** Before the jobs and the connections end. */
  close?(): Promise<void>
}

/** The permissions contracts declare; a wall holds endpoints and roles to them. */
export const permissions: readonly string[] = declaredPermissions.map(({ permission }) => permission)

/** Those of them that may be held within limits; a limited role may have no other. */
export const limitable: readonly string[] = declaredPermissions
  .filter((declared) => declared.limitable)
  .map(({ permission }) => permission)

/** Which permission hears the news of a topic. */
export const topics: Readonly<Record<string, string>> = {
  ...identityContract.topics,
  ...accessContract.topics,
  ...auditContract.topics,
  ...clientsContract.topics,
  ...billingContract.topics,
  ...dashboardContract.topics,
  ...mailContract.topics,
  ...privacyContract.topics,
  ...tenancyContract.topics,
  ...cabinetContract.topics,
  ...patientsContract.topics,
  ...agendaContract.topics,
  ...notesContract.topics,
  ...feesContract.topics,
  ...callsContract.topics,
  ...remindersContract.topics,
  ...figuresContract.topics,
  ...announcementsContract.topics,
  ...supportContract.topics,
  ...sqlConsoleContract.topics,
  ...impersonationContract.topics,
}

export function modulesOf(shared: Shared): readonly ServerModule[] {
  return [
    {
      handlers: accessHandlers({
        permissions: declaredPermissions,
        departments: Object.keys(clientsContract.departments),
        clientsAmong,
        reservedNames: languages.flatMap((language) =>
          accessContract.builtInRoles.map((role) => shared.sentences.say(language, `access.role.${role}`)),
        ),
      }),
    },
    {
      handlers: auditHandlers(shared),
      works: [auditExportWork(shared)],
      schedules: auditSchedules({
        ...shared,
        tenants: shared.tenants.databases,
        isGone: (tenantId) => isGone(shared.db, tenantId),
      }),
    },
    checkableLog(shared),
    {
      handlers: [...clientHandlers(shared), ...importHandlers(shared)],
      works: [exportWork(shared), importWork(shared)],
    },
    billingParts(shared),
    {
      handlers: dashboardHandlers(shared),
      schedules: dashboardSchedules(shared.clock, shared.log),
    },
    { handlers: mailHandlers(shared) },
    {
      handlers: privacyHandlers(shared),
      works: [copyWork(shared)],
      schedules: [reminding(shared)],
    },
    tenancyParts({ ...shared, forgetPractice }),
    {
      handlers: cabinetHandlers({
        files: tenantFiles(shared.dataDir),
        vaultOf: async (tenantId) => found(await shared.tenants.catalogue.vaultOf(tenantId)),
        mayComeBack: (tenantId) => mayComeBack(shared.db, tenantId),
        log: shared.log,
        databases: shared.tenants.databases,
        workFolder: shared.files.workFolder,
        notesOf: async ({ db, member: { tenantId, memberId } }) =>
          notesForExport(db, found(await shared.tenants.catalogue.vaultOf(tenantId)), memberId, undefined, {
            personal: true,
          }),
      }),
    },
    {
      handlers: patientsHandlers({
        ...shared,
        recordNotesOf: async ({ db, member: { tenantId, memberId } }, patientId) =>
          notesForExport(db, found(await shared.tenants.catalogue.vaultOf(tenantId)), memberId, patientId),
      }),
    },
    { handlers: agendaHandlers },
    {
      handlers: notesHandlers({
        vaultOf: async (tenantId) => found(await shared.tenants.catalogue.vaultOf(tenantId)),
      }),
    },
    { handlers: feesHandlers(shared) },
    { handlers: callsHandlers },
    remindersParts(shared),
    { handlers: figuresHandlers },
    { handlers: announcementHandlers },
    supportParts(shared),
    sqlConsoleParts(shared),
  ]
}
