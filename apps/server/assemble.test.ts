import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { readServerConfig } from '#platform/server/config.ts'
import { openLog } from '#platform/server/log.ts'
import { testServer } from '../../tests/harness/server.ts'
import { assemble } from './assemble.ts'

const server = await testServer()

test('production does not start on a database with demonstration accounts, whose secrets are public', async () => {
  const config = readServerConfig({
    APP_ENV: 'production',
    DATABASE_URL: server.database.appUrl,
    DATA_DIR: server.dataDir,
    MASTER_KEY: randomBytes(32).toString('base64'),
    BACKOFFICE_URL: 'https://admin.example.com',
    PRACTICE_URL: 'https://app.example.com',
    SMTP_URL: 'smtp://mail.example.com',
    MAIL_FROM: 'MaGestionPsy <no-reply@example.com>',
    LOG_LEVEL: 'silent',
  })
  await expect(assemble(config, { log: openLog('silent') })).rejects.toThrow('demonstration accounts')
})

test('a server with another master key than its database was sealed with does not start', async () => {
  const config = readServerConfig({
    APP_ENV: 'demonstration',
    DATABASE_URL: server.database.appUrl,
    DATA_DIR: server.dataDir,
    MASTER_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'silent',
  })
  await expect(assemble(config, { log: openLog('silent') })).rejects.toThrow('MASTER_KEY')
})
