import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { variables } from './config-variables.ts'
import {
  ConfigError,
  ensureDataDir,
  readConfig,
  readSequencerConfig,
  readServerConfig,
  rootDir,
  type Environment,
} from './config.ts'
import { loadMasterKey } from './master-key.ts'

const production = {
  APP_ENV: 'production',
  DATABASE_URL: 'postgres://mgp_app:secret@db.example.com/magestionpsy',
  MASTER_KEY: Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64'),
  BACKOFFICE_URL: 'https://admin.example.com',
  PRACTICE_URL: 'https://app.example.com',
  SMTP_URL: 'smtp://mailer:secret@smtp.example.com:587',
  MAIL_FROM: 'MaGestionPsy <no-reply@example.com>',
}

function problems(env: Environment): readonly string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('a trial needs no variable', () => {
  test('the defaults are those of the demonstration on port 3000', () => {
    expect(readConfig({})).toMatchObject({
      appEnv: 'demonstration',
      port: 3000,
      listenHost: 'localhost',
      databaseUrl: undefined,
      dataDir: path.join(rootDir, '.data'),
      backofficeUrl: 'http://localhost:3000',
      practiceUrl: 'http://app.localhost:3000',
      role: 'all',
      logLevel: 'info',
      checkOutput: false,
    })
  })

  test('the addresses follow the port', () => {
    expect(readConfig({ PORT: '3001' }).practiceUrl).toBe('http://app.localhost:3001')
  })

  test('an empty variable counts as absent', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '  ' })).toMatchObject({ port: 3000, databaseUrl: undefined })
  })

  test('answers are checked against contracts while developing and testing', () => {
    expect(readConfig({ APP_ENV: 'test' }).checkOutput).toBe(true)
    expect(readConfig({ APP_ENV: 'test', CHECK_OUTPUT: 'off' }).checkOutput).toBe(false)
  })
})

describe('a bad variable is named with what is expected', () => {
  test.for([
    ['APP_ENV', 'prod'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3e3'],
    ['LISTEN_HOST', 'two words'],
    ['BACKOFFICE_URL', 'https://example.com/admin'],
    ['PRACTICE_URL', 'ftp://example.com'],
    ['ROLE', 'server'],
    ['TRUSTED_PROXIES', '10.0.0.0/8,everybody'],
    ['LOG_LEVEL', 'loud'],
    ['CHECK_OUTPUT', 'maybe'],
    ['SMS_FROM', 'Le cabinet !'],
    ['MAIL_FROM', 'MaGestionPsy'],
    ['MAIL_FROM', 'MaGestionPsy <no reply@example.com>'],
    ['MAIL_FROM', 'a@example.com, b@example.com'],
    ['SUPPORT_EMAIL', 'support'],
    ['IMAP_FOLDER', 'INBOX'],
    ['IMAP_FOLDER', 'a/b'],
    ['IMAP_AUTHSERV_ID', 'two words'],
    ['MAIL_FROM', 'A\r\nBcc: b@example.com <a@example.com>'],
  ] as const)('%s=%s', ([name, value]) => {
    expect(problems({ [name]: value })).toEqual([
      `${name} is "${value}": must be ${variables[name].expected}.`,
    ])
  })

  test.for([
    ['DATABASE_URL', 'mysql://root:hunter2@localhost/app'],
    ['DATABASE_URL', 'postgres://root:hunter2@localhost'],
    ['SEQUENCER_DATABASE_URL', 'mysql://root:hunter2@localhost/app'],
    ['MASTER_KEY', 'hunter2'],
    ['MASTER_KEY', Buffer.alloc(32).toString('base64')],
    ['METRICS_TOKEN', 'hunter2'],
    ['SMS_URL', 'http://sms.example.com/hunter2'],
    ['SMS_TOKEN', 'hunter2'],
    ['SMTP_URL', 'hunter2'],
    ['IMAP_URL', 'hunter2'],
    ['IMAP_URL', 'https://support:hunter2@imap.example.com'],
    ['IMAP_URL', 'imaps://support@imap.example.com'],
    ['IMAP_URL', 'imaps://support:hunter2@imap.example.com/Archive'],
    ['SMTP_URL', 'http://mailer:hunter2@smtp.example.com'],
    ['SMTP_URL', 'smtp://mailer:hunter2@smtp.example.com/?ignoreTLS=true'],
  ] as const)('%s is refused without printing it', ([name, value]) => {
    expect(problems({ [name]: value })).toEqual([`${name} must be ${variables[name].expected}.`])
  })

  test('all of them are told at once', () => {
    expect(problems({ PORT: 'x', ROLE: 'y', LOG_LEVEL: 'z' })).toHaveLength(3)
  })

  test('the two realms cannot stand on one host name', () => {
    expect(problems({ PRACTICE_URL: 'http://localhost:4000' })[0]).toContain('different host names')
  })

  test('a mailbox is read for the address that answers', () => {
    expect(problems({ IMAP_URL: 'imaps://support%40example.com:hunter2@imap.example.com' })[0]).toContain(
      'SUPPORT_EMAIL',
    )
  })

  test('an administrator alone is not enough for the server', () => {
    expect(problems({ DATABASE_ADMIN_URL: production.DATABASE_URL })[0]).toContain('DATABASE_URL')
  })
})

describe('production must be told everything', () => {
  test('a whole configuration is accepted', () => {
    expect(readConfig(production).masterKey).toHaveLength(32)
  })

  test.for([
    'DATABASE_URL',
    'MASTER_KEY',
    'BACKOFFICE_URL',
    'PRACTICE_URL',
    'SMTP_URL',
    'MAIL_FROM',
  ] as const)('%s is needed', (name) => {
    expect(problems({ ...production, [name]: undefined })[0]).toMatch(`${name} is missing`)
  })

  test('staging may leave its mail to be captured, and says whom it comes from when it sends any', () => {
    const staging = { ...production, APP_ENV: 'staging', MAIL_FROM: undefined }
    expect(problems({ ...staging, SMTP_URL: undefined })).toEqual([])
    expect(problems(staging)[0]).toMatch('MAIL_FROM is missing')
  })

  test('SMS are left out, or told whole', () => {
    const told = {
      SMS_URL: 'https://sms.example.com/messages',
      SMS_TOKEN: 'a token of 16 signs',
      SMS_FROM: 'Cabinet',
    }
    expect(problems({ ...production, ...told })).toEqual([])
    expect(problems({ ...production, ...told, SMS_TOKEN: undefined })[0]).toMatch('SMS_TOKEN is missing')
    expect(problems({ ...production, ...told, SMS_FROM: undefined })[0]).toMatch('SMS_FROM is missing')
  })

  test('its addresses are https, but on localhost', () => {
    expect(problems({ ...production, BACKOFFICE_URL: 'http://admin.example.com' })[0]).toContain('https://')
    expect(problems({ ...production, BACKOFFICE_URL: 'http://localhost:3000' })).toEqual([])
  })
})

test.for([
  ['MaGestionPsy <no-reply@example.com>', { name: 'MaGestionPsy', email: 'no-reply@example.com' }],
  ['"Équipe, Psy" <no-reply@example.com>', { name: 'Équipe, Psy', email: 'no-reply@example.com' }],
  ['no-reply@example.com', { name: '', email: 'no-reply@example.com' }],
] as const)('MAIL_FROM=%s is read', ([given, mailFrom]) => {
  expect(readConfig({ MAIL_FROM: given }).mailFrom).toEqual(mailFrom)
})

test('the server itself always needs a database', () => {
  expect(() => readServerConfig({})).toThrow(/DATABASE_URL is missing/)
})

describe('the sequencer of the audit log', () => {
  const SEQUENCER_DATABASE_URL = 'postgres://mgp_sequencer:secret@db.example.com/magestionpsy'

  test('alone is told its own address, and in production the name of its log', () => {
    const alone = { APP_ENV: 'production', ROLE: 'sequencer', BACKOFFICE_URL: production.BACKOFFICE_URL }
    expect(problems(alone)[0]).toMatch(/SEQUENCER_DATABASE_URL is missing: ROLE=sequencer/)
    expect(problems({ ...alone, SEQUENCER_DATABASE_URL })).toEqual([])
    expect(problems({ ...alone, SEQUENCER_DATABASE_URL, BACKOFFICE_URL: '' })[0]).toMatch('BACKOFFICE_URL')
  })

  test('works on the database of the server', () => {
    expect(problems({ SEQUENCER_DATABASE_URL })[0]).toContain('needs DATABASE_URL')
  })

  test('needs neither the master key nor the server’s database', () => {
    expect(readSequencerConfig({ SEQUENCER_DATABASE_URL })).toMatchObject({
      sequencerDatabaseUrl: SEQUENCER_DATABASE_URL,
      role: 'sequencer',
    })
    expect(() => readSequencerConfig({})).toThrow(/SEQUENCER_DATABASE_URL/)
  })
})

test('.env.example lists every variable and no other', () => {
  const lines = fs.readFileSync(path.join(rootDir, '.env.example'), 'utf8').split('\n')
  const listed = lines.map((line) => /^([A-Z_]+)=/.exec(line)?.[1]).filter((name) => name !== undefined)
  expect(listed).toEqual(Object.keys(variables))
})

function dataDir(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mgp-config-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true }))
  return folder
}

test('a DATA_DIR that cannot be a folder is named', () => {
  const file = path.join(dataDir(), 'file')
  fs.writeFileSync(file, '')
  expect(() => ensureDataDir({ dataDir: path.join(file, 'data') })).toThrow(
    /DATA_DIR is ".*file.data": must be a folder/,
  )
})

describe('the master key of a trial', () => {
  test('is made once, for its owner only', () => {
    const config = { masterKey: undefined, dataDir: dataDir() }
    const key = loadMasterKey(config)
    expect(loadMasterKey(config)).toEqual(key)
    expect(fs.statSync(path.join(config.dataDir, 'master.key')).mode & 0o777).toBe(0o600)
    expect(fs.readdirSync(config.dataDir)).toEqual(['master.key'])
  })

  test('is never replaced when its file is damaged', () => {
    const config = { masterKey: undefined, dataDir: dataDir() }
    fs.writeFileSync(path.join(config.dataDir, 'master.key'), 'half')
    expect(() => loadMasterKey(config)).toThrow(/damaged/)
  })
})
