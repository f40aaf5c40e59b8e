import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { ConfigError, type Config } from './config.ts'

/**
 * The 32 bytes that wrap every other key (decision 15): MASTER_KEY, or in a trial a file of DATA_DIR made on first use.
 * Losing it loses everything sealed with it, so a damaged file is refused and never replaced.
 * @throws {ConfigError}
 */
export function loadMasterKey(config: Pick<Config, 'masterKey' | 'dataDir'>): Buffer {
  if (config.masterKey) return config.masterKey
  const file = path.join(config.dataDir, 'master.key')
  createOnce(file)
  const key = Buffer.from(fs.readFileSync(file, 'utf8').trim(), 'base64')
  if (key.length !== 32) {
    throw new ConfigError([`The master key in ${file} is damaged: 32 bytes in base64 are expected.`])
  }
  return key
}

function createOnce(file: string): void {
  if (fs.existsSync(file)) return
  fs.mkdirSync(path.dirname(file), { recursive: true })
  // Written aside and linked, so that two processes starting together end up with one whole key.
  const draft = `${file}.${process.pid}`
  fs.writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  try {
    fs.linkSync(draft, file)
  } catch (error) {
    if (!fs.existsSync(file)) throw error
  } finally {
    fs.rmSync(draft)
  }
}
