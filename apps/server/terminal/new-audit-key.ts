/** Makes a successor of the key the audit log is signed with, and says how it is introduced. */
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { logFolder, parseVkey } from '#server/audit'
import { introductionOf, makeSigningKey, readSigningKey, signingKeyFile } from '#sequencer/audit'
import { readConfig } from '#platform/server/config.ts'

export const newKeyUsage = `mgp audit new-key FILE [--name NAME]

Makes another signing key in FILE, which must not exist, and prints what the database's owner runs so that the log knows
it (docs/operations.md, "The audit log"): the key in use introduces it, by its signature. Its name is the log's, unless the log begins anew under another.`

/** @returns what to print, or what is wrong. @throws {KeyError} a name no key can bear */
export function newAuditKey(args: string[]): { said: string } | { wrong: string } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { name: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
  })
  if (values.help) return { said: newKeyUsage }
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) return { wrong: newKeyUsage }
  if (fs.existsSync(file)) return { wrong: `${file} exists already, and is left as it is.` }
  const name = values.name ?? nameOfLog()
  if (name === undefined)
    return { wrong: 'There is no log in DATA_DIR whose name the key would bear: give --name.' }
  const former = readSigningKey(keyFile())
  const { vkey } = makeSigningKey(path.resolve(file), name)
  const introduction = former ? literal(introductionOf(vkey, former)) : 'NULL'
  const warning = former
    ? ''
    : `
There is no key in use at ${keyFile()} to introduce it: every verification will say so, unless it is given --key.
`
  return {
    said: `${vkey.text}

As the owner of the database, with the sequencer stopped:
  INSERT INTO audit_keys (vkey, origin, introduction) VALUES (${literal(vkey.text)}, ${literal(vkey.name)}, ${introduction});
${warning}
Then put ${file} in the place of the former key, start the sequencer, and tell everybody who verifies the log.`,
  }
}

function keyFile(): string {
  const { auditSigningKeyFile, dataDir } = readConfig(process.env)
  return auditSigningKeyFile ?? signingKeyFile(dataDir)
}

function nameOfLog(): string | undefined {
  const file = path.join(logFolder(readConfig(process.env).dataDir), 'vkey')
  return fs.existsSync(file) ? parseVkey(fs.readFileSync(file, 'utf8')).name : undefined
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
