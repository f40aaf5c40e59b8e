/** Everything the outside may decide, read once at start from environment variables and from nowhere else. */
import fs from 'node:fs'
import path from 'node:path'
import { variables, type VariableName } from './config-variables.ts'

export type AppEnv = 'demonstration' | 'development' | 'test' | 'staging' | 'production'
export type ProcessRole = 'all' | 'web' | 'worker' | 'sequencer'
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

export type MailAddress = { name: string; email: string }

export type Config = {
  appEnv: AppEnv
  port: number
  listenHost: string
  /** What the server connects with (role mgp_app). Without it the launcher starts the embedded database. */
  databaseUrl: string | undefined
  /** What migrations connect with. Never reaches the server. */
  databaseAdminUrl: string | undefined
  /** What the audit log's sequencer connects with (role mgp_sequencer). Never reaches the server. */
  sequencerDatabaseUrl: string | undefined
  /** What makes tenants' databases and their logins (role mgp_provisioner). Never reaches a process that only serves the web. */
  provisionerDatabaseUrl: string | undefined
  /** What the SQL console works on the central database with (role mgp_console). Without it that target is not set up. */
  consoleDatabaseUrl: string | undefined
  /** How many connections to tenants' databases this process holds at most. */
  tenantConnections: number
  /** An absolute path. */
  dataDir: string
  /** Origins, without a path: "http://localhost:3000". */
  backofficeUrl: string
  practiceUrl: string
  role: ProcessRole
  /** 32 bytes; undefined where `loadMasterKey` keeps it in a file of DATA_DIR. */
  masterKey: Buffer | undefined
  /** An absolute path; undefined where the sequencer keeps the key of the audit log in DATA_DIR. */
  auditSigningKeyFile: string | undefined
  /** PEM files, absolute: with what documents are sealed; undefined where a seal is made and kept in DATA_DIR. */
  invoiceSeal: { certificate: string; key: string } | undefined
  /** To whom checkpoints of the audit log are handed, each as it was written; the audit module reads them. */
  auditWitnesses: string[]
  /** Addresses and networks whose X-Forwarded-* headers are believed. */
  trustedProxies: string[]
  /** Through whom mail leaves. Without one, and always outside staging and production, mail is captured instead. */
  smtpUrl: string | undefined
  /** Through whom SMS leave, under which name; as with mail, elsewhere they are captured. Production may do without. */
  smsUrl: string | undefined
  smsToken: string | undefined
  smsFrom: string | undefined
  /** Where it is asked whether a password leaked; nobody is asked without it. */
  breachedPasswordsUrl: string | undefined
  mailFrom: MailAddress
  /** Where people write to support, and what answers come from. */
  supportEmail: MailAddress | undefined
  /** The mailbox of that address; read in production, staging and test alone. */
  imapUrl: string | undefined
  /** The folder of that mailbox in which mail is put away once it was read. */
  imapFolder: string
  /** Whose Authentication-Results are believed; nobody's without it. */
  imapAuthservId: string | undefined
  logLevel: LogLevel
  /** Bearer token that /metrics asks for. */
  metricsToken: string | undefined
  /** Whether answers are checked against their contract's output. */
  checkOutput: boolean
}

/** What `apps/server/main.ts` runs with: the launcher always hands it a database. */
export type ServerConfig = Config & { databaseUrl: string }

/** What `apps/server/sequencer.ts` runs with: the launcher always hands it an address. */
export type SequencerConfig = Config & { sequencerDatabaseUrl: string }

export type Environment = Readonly<Record<string, string | undefined>>

/** Every bad variable at once, each a sentence that names it and says what is expected. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** The repository's root: relative paths in variables start there, wherever the command was called from. */
export const rootDir = path.resolve(import.meta.dirname, '../..')

/** @throws {ConfigError} */
export function readConfig(env: Environment): Config {
  const problems: string[] = []

  /** An empty variable counts as absent: that is how compose files and CI leave one out. */
  function given(name: VariableName): string | undefined {
    return env[name]?.trim() || undefined
  }

  function read<T>(name: VariableName, parse: (text: string) => T | undefined, otherwise: T): T {
    const text = given(name)
    if (text === undefined) return otherwise
    const value = parse(text)
    if (value !== undefined) return value
    const { expected, secret } = variables[name]
    problems.push(`${name}${secret ? '' : ` is "${text}":`} must be ${expected}.`)
    return otherwise
  }

  function oneOf<const T extends string>(...values: T[]) {
    return (text: string) => values.find((value) => value === text)
  }

  const appEnv = read(
    'APP_ENV',
    oneOf('demonstration', 'development', 'test', 'staging', 'production'),
    'demonstration',
  )
  const port = read('PORT', (text) => wholeNumber(text, 1, 65_535), 3000)
  const config: Config = {
    appEnv,
    port,
    listenHost: read('LISTEN_HOST', hostName, 'localhost'),
    databaseUrl: read('DATABASE_URL', databaseUrl, undefined),
    databaseAdminUrl: read('DATABASE_ADMIN_URL', databaseUrl, undefined),
    sequencerDatabaseUrl: read('SEQUENCER_DATABASE_URL', databaseUrl, undefined),
    provisionerDatabaseUrl: read('PROVISIONER_DATABASE_URL', databaseUrl, undefined),
    consoleDatabaseUrl: read('CONSOLE_DATABASE_URL', databaseUrl, undefined),
    tenantConnections: read('TENANT_CONNECTIONS', (text) => wholeNumber(text, 4, 5_000), 60),
    dataDir: path.resolve(rootDir, given('DATA_DIR') ?? '.data'),
    backofficeUrl: read('BACKOFFICE_URL', origin, `http://localhost:${port}`),
    practiceUrl: read('PRACTICE_URL', origin, `http://app.localhost:${port}`),
    role: read('ROLE', oneOf('all', 'web', 'worker', 'sequencer'), 'all'),
    masterKey: read('MASTER_KEY', key32, undefined),
    auditSigningKeyFile: read('AUDIT_SIGNING_KEY_FILE', (text) => path.resolve(rootDir, text), undefined),
    invoiceSeal: sealFiles(given('INVOICE_SEAL_CERT'), given('INVOICE_SEAL_KEY')),
    auditWitnesses: read('AUDIT_WITNESSES', (text) => text.split(/\s+/), []),
    trustedProxies: read('TRUSTED_PROXIES', networks, []),
    smtpUrl: read('SMTP_URL', smtpUrl, undefined),
    mailFrom: read('MAIL_FROM', mailAddress, { name: 'MaGestionPsy', email: 'no-reply@example.com' }),
    supportEmail: read('SUPPORT_EMAIL', mailAddress, undefined),
    imapUrl: read('IMAP_URL', imapUrl, undefined),
    imapFolder: read('IMAP_FOLDER', folderName, 'MaGestionPsy'),
    imapAuthservId: read('IMAP_AUTHSERV_ID', authservId, undefined),
    smsUrl: read('SMS_URL', gatewayUrl, undefined),
    smsToken: read('SMS_TOKEN', secretWord, undefined),
    smsFrom: read('SMS_FROM', smsSender, undefined),
    breachedPasswordsUrl: read('BREACHED_PASSWORDS_URL', rangeUrl, undefined),
    logLevel: read('LOG_LEVEL', oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'), 'info'),
    metricsToken: read('METRICS_TOKEN', secretWord, undefined),
    checkOutput: read('CHECK_OUTPUT', onOff, appEnv === 'development' || appEnv === 'test'),
  }
  const isDefault = (name: VariableName) => given(name) === undefined
  if (isDefault('INVOICE_SEAL_CERT') !== isDefault('INVOICE_SEAL_KEY'))
    problems.push('INVOICE_SEAL_CERT and INVOICE_SEAL_KEY are given together: a certificate and its own key.')
  problems.push(...missing(config, isDefault), ...contradictions(config))
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

/** @throws {ConfigError} also when DATABASE_URL is absent */
export function readServerConfig(env: Environment): ServerConfig {
  const config = readConfig(env)
  const { databaseUrl } = config
  if (databaseUrl === undefined) {
    throw new ConfigError([`DATABASE_URL is missing: must be ${variables.DATABASE_URL.expected}.`])
  }
  return { ...config, databaseUrl }
}

/** @throws {ConfigError} also when SEQUENCER_DATABASE_URL is absent */
export function readSequencerConfig(env: Environment): SequencerConfig {
  const config = readConfig({ ...env, ROLE: 'sequencer' })
  // readConfig saw to it for this role; the type cannot know.
  return { ...config, sequencerDatabaseUrl: config.sequencerDatabaseUrl as string }
}

/**
 * Makes the folder of `DATA_DIR` when it is not there yet. Others may pass through it, not list it: under root the
 * embedded database runs as another user.
 * @throws {ConfigError}
 */
export function ensureDataDir({ dataDir }: Pick<Config, 'dataDir'>): void {
  try {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o711 })
    fs.accessSync(dataDir, fs.constants.W_OK)
  } catch {
    throw new ConfigError([`DATA_DIR is "${dataDir}": must be ${variables.DATA_DIR.expected}.`])
  }
}

/** A trial invents what it needs; what serves real people must be told. */
function missing(config: Config, isDefault: (name: VariableName) => boolean): string[] {
  const isReal = config.appEnv === 'staging' || config.appEnv === 'production'
  const say = (name: VariableName, whose: string) =>
    `${name} is missing: ${whose} needs ${variables[name].expected}.`
  if (config.role === 'sequencer') {
    const needed: VariableName[] = ['SEQUENCER_DATABASE_URL']
    // The log bears its name.
    if (isReal) needed.push('BACKOFFICE_URL')
    return needed.filter(isDefault).map((name) => say(name, 'ROLE=sequencer'))
  }
  if (!isReal) return []
  const needed: VariableName[] = ['DATABASE_URL', 'MASTER_KEY', 'BACKOFFICE_URL', 'PRACTICE_URL']
  // Staging captures its mail unless it is told where to send it.
  if (config.appEnv === 'production') needed.push('SMTP_URL', 'MAIL_FROM')
  else if (config.smtpUrl !== undefined) needed.push('MAIL_FROM')
  if (config.smsUrl !== undefined) needed.push('SMS_TOKEN', 'SMS_FROM')
  return needed.filter(isDefault).map((name) => say(name, `APP_ENV=${config.appEnv}`))
}

function contradictions(config: Config): string[] {
  const problems: string[] = []
  const urls = { BACKOFFICE_URL: config.backofficeUrl, PRACTICE_URL: config.practiceUrl }
  // Cookies do not know ports: the two realms would share theirs on one host name.
  if (new URL(config.backofficeUrl).hostname === new URL(config.practiceUrl).hostname) {
    problems.push(
      'BACKOFFICE_URL and PRACTICE_URL must have different host names: each realm has its own cookies.',
    )
  }
  for (const [name, url] of Object.entries(urls)) {
    if (config.appEnv === 'production' && url.startsWith('http:') && !isLocalHost(new URL(url).hostname)) {
      problems.push(`${name} is "${url}": must begin with https:// when APP_ENV=production.`)
    }
  }
  if (config.databaseAdminUrl !== undefined && config.databaseUrl === undefined) {
    problems.push(
      'DATABASE_ADMIN_URL needs DATABASE_URL beside it: the server never connects as the administrator.',
    )
  }
  if (
    config.sequencerDatabaseUrl !== undefined &&
    config.databaseUrl === undefined &&
    config.role !== 'sequencer'
  ) {
    problems.push(
      'SEQUENCER_DATABASE_URL needs DATABASE_URL beside it: the sequencer works on the same database.',
    )
  }
  if (config.provisionerDatabaseUrl !== undefined && config.databaseUrl === undefined) {
    problems.push(
      'PROVISIONER_DATABASE_URL needs DATABASE_URL beside it: with the embedded database that login is made by itself.',
    )
  }
  if (config.consoleDatabaseUrl !== undefined && config.databaseUrl === undefined) {
    problems.push(
      'CONSOLE_DATABASE_URL needs DATABASE_URL beside it: with the embedded database that login is made by itself.',
    )
  }
  if (config.imapUrl !== undefined && config.supportEmail === undefined) {
    problems.push('IMAP_URL needs SUPPORT_EMAIL beside it: answers come from the address that is read.')
  }
  return problems
}

function sealFiles(certificate: string | undefined, key: string | undefined): Config['invoiceSeal'] {
  if (certificate === undefined || key === undefined) return undefined
  return { certificate: path.resolve(rootDir, certificate), key: path.resolve(rootDir, key) }
}

function isLocalHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost')
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = Number(text)
  return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined
}

function hostName(text: string): string | undefined {
  return /^[a-z0-9.:-]+$/i.test(text) ? text : undefined
}

function databaseUrl(text: string): string | undefined {
  const url = URL.parse(text)
  const isPostgres = url?.protocol === 'postgres:' || url?.protocol === 'postgresql:'
  return isPostgres && url.pathname.length > 1 ? text : undefined
}

function smtpUrl(text: string): string | undefined {
  const url = URL.parse(text)
  const isSmtp = url?.protocol === 'smtp:' || url?.protocol === 'smtps:'
  const isBare = (url?.pathname === '' || url?.pathname === '/') && url.search === '' && url.hash === ''
  return isSmtp && isBare && url.hostname !== '' ? text : undefined
}

/** Somebody's mailbox: without a name and a password there is none to read. */
function imapUrl(text: string): string | undefined {
  const url = URL.parse(text)
  const isImap = url?.protocol === 'imap:' || url?.protocol === 'imaps:'
  const isBare = (url?.pathname === '' || url?.pathname === '/') && url.search === '' && url.hash === ''
  const isSomebodys = url?.username !== '' && url?.password !== ''
  return isImap && isBare && isSomebodys && url.hostname !== '' ? text : undefined
}

/** No path, and nothing that IMAP reads as a pattern. */
function folderName(text: string): string | undefined {
  return /^[^\p{Cc}/.%*"\\]{1,60}$/u.test(text) && text.toUpperCase() !== 'INBOX' ? text : undefined
}

function authservId(text: string): string | undefined {
  return /^[a-z0-9._-]{1,253}$/i.test(text) ? text.toLowerCase() : undefined
}

/** In the clear only to this machine. */
function gatewayUrl(text: string): string | undefined {
  const url = URL.parse(text)
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '')
  const isWeb = url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere)
  return isWeb && url.username === '' && url.hash === '' ? url.href : undefined
}

function secretWord(text: string): string | undefined {
  return text.length >= 16 ? text : undefined
}

function smsSender(text: string): string | undefined {
  return /^([A-Za-z0-9]{3,11}|\+[1-9]\d{6,14})$/.test(text) ? text : undefined
}

/** Of an endpoint that takes the first characters of a hash after its last slash. */
function rangeUrl(text: string): string | undefined {
  const url = URL.parse(text)
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
  return isWeb && url.pathname.endsWith('/') && url.search === '' && url.hash === '' ? url.href : undefined
}

/** `Name <address>` or the address alone. */
function mailAddress(text: string): MailAddress | undefined {
  const parts = /^(?:"?([^"<>\r\n]*?)"?\s*<([^<>]+)>|([^<>\s]+))$/.exec(text)
  const email = parts?.[2] ?? parts?.[3] ?? ''
  return /^[^\s@"(),:;<>[\]\\]+@[a-z0-9.-]+$/i.test(email) ? { name: parts?.[1] ?? '', email } : undefined
}

function origin(text: string): string | undefined {
  const url = URL.parse(text)
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
  const isBare = url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
  return isWeb && isBare ? url.origin : undefined
}

function key32(text: string): Buffer | undefined {
  const key = Buffer.from(text, 'base64')
  const isWhole = key.length === 32 && key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '')
  // 32 times the same byte is a placeholder somebody meant to replace.
  return isWhole && new Set(key).size > 1 ? key : undefined
}

function networks(text: string): string[] | undefined {
  const list = text.split(',').map((entry) => entry.trim())
  return list.every((entry) => /^[0-9a-f.:]+(\/\d{1,3})?$|^(loopback|linklocal|uniquelocal)$/i.test(entry))
    ? list
    : undefined
}

function onOff(text: string): boolean | undefined {
  if (['1', 'true', 'on', 'yes'].includes(text.toLowerCase())) return true
  if (['0', 'false', 'off', 'no'].includes(text.toLowerCase())) return false
  return undefined
}
