/** Verifies the audit log, with a running server beside it or without, and proofs of its entries with nothing at all. */
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import {
  checkProof,
  isExport,
  KeyError,
  logFolder,
  parseVkey,
  verifyExport,
  verifyLog,
  type Verification,
  type Vkey,
} from '#server/audit'
import { openCentralDatabase } from '#platform/server/central-database.ts'
import { readConfig } from '#platform/server/config.ts'
import { centralDb, openPool } from '#platform/server/db.ts'
import { exportReport, proofReport, verificationReport } from '../terminal/audit-report.ts'
import { newAuditKey, newKeyUsage } from '../terminal/new-audit-key.ts'
import { ownVault } from '../terminal/own-vault.ts'

export const about = `audit verify              verify the whole audit log; audit --help says more
audit verify-proof FILE   verify a proof of one entry, or an export with proofs, offline
audit new-key FILE        make a successor of the key the log is signed with`

const usage = `mgp audit verify [--key VKEY]... [--checkpoint FILE]... [--witness VKEY]... [--lag SECONDS] [--json]

Rebuilds the log from its first entry and holds it against everything that was published and signed: tiles, bundles,
checkpoints, payloads, the times of the entries. Names the first entry that is wrong, and what is wrong with it.

  --key VKEY         the log's verifier key, as you know it from elsewhere: name+id+base64
  --checkpoint FILE  a checkpoint somebody kept: the log must have grown out of it
  --witness VKEY     a witness' verifier key: its cosignatures are verified
  --lag SECONDS      how long an entry may wait for its number and signature (2)

mgp audit verify-proof FILE [--key VKEY] [--vkey-file FILE] [--witness VKEY]... [--json]

Verifies a .tlog-proof file, or a JSON export with all its entries and payloads, without database or network. A proof names its key and does not hold it: without --key the
key is taken from --vkey-file, else from the published log in DATA_DIR.

${newKeyUsage}

Exit code 0: sound. 1: not sound. 2: wrong usage.`

type Order = {
  verb: 'verify' | 'verify-proof'
  file: string
  keys: Vkey[]
  witnesses: Vkey[]
  checkpoints: string[]
  vkeyFile: string | undefined
  lagMs: number
  json: boolean
}

export async function run(args: string[]): Promise<number> {
  if (args[0] === 'new-key') return newKey(args.slice(1))
  const order = read(args)
  if (order === 'help') return say(usage)
  if (typeof order === 'string') return complain(order === '' ? usage : `${order}\n\n${usage}`)
  return order.verb === 'verify' ? verify(order) : verifyProof(order)
}

function newKey(args: string[]): number {
  try {
    const made = newAuditKey(args)
    return 'said' in made ? say(made.said) : complain(made.wrong)
  } catch (error) {
    // A name that is none, or an option that does not exist.
    if (error instanceof KeyError || (error instanceof TypeError && 'code' in error))
      return complain(error.message)
    throw error
  }
}

async function verify(order: Order): Promise<number> {
  const checkpoints = order.checkpoints.map((file) => ({ place: file, note: readText(file) }))
  const missing = checkpoints.find(({ note }) => note === undefined)
  if (missing) return complain(`No such file: ${missing.place}`)
  const verification = await withLog(
    order,
    checkpoints.map(({ place, note = '' }) => ({ place, note })),
  )
  say(order.json ? JSON.stringify(verification, null, 2) : verificationReport(verification))
  return verification.sound ? 0 : 1
}

async function withLog(
  { keys, witnesses, lagMs }: Order,
  checkpoints: { place: string; note: string }[],
): Promise<Verification> {
  const config = readConfig(process.env)
  const database = await openCentralDatabase(config, (sentence) => process.stderr.write(`${sentence}\n`))
  const pool = openPool(database.appUrl, { max: 1, name: 'mgp audit verify' })
  try {
    return await verifyLog(pool, {
      folder: logFolder(config.dataDir),
      vault: await ownVault(config, centralDb(pool)),
      keys,
      witnesses,
      checkpoints,
      lagMs,
      progress: progressLine(process.stderr),
    })
  } finally {
    await pool.end()
    await database.stop()
  }
}

function verifyProof(order: Order): number {
  const text = readText(order.file)
  if (text === undefined) return complain(`No such file: ${order.file}`)
  const key = keyFor(order)
  if (typeof key === 'string') return complain(key)
  if (isExport(text)) {
    const check = verifyExport(text, key.keys, order.witnesses)
    return tell(check, key, order, (sound) => exportReport(sound, key))
  }
  const check = checkProof(text, key.keys, order.witnesses)
  return tell(check, key, order, (sound) => proofReport(sound, key))
}

/** What came of it, in words or as JSON. @returns the exit code */
function tell<Held extends { holds: true }>(
  check: Held | { holds: false; why: string },
  key: { from: string },
  { json }: Order,
  report: (check: Held) => string,
): number {
  if (json) say(JSON.stringify({ ...check, keyFrom: key.from }, null, 2))
  else if (check.holds) say(report(check))
  else process.stderr.write(`The proof does NOT hold: ${check.why}.\nHeld against the key of ${key.from}.\n`)
  return check.holds ? 0 : 1
}

function keyFor({ keys, vkeyFile }: Order): { keys: Vkey[]; from: string; pinned: boolean } | string {
  if (keys.length > 0) return { keys, from: '--key', pinned: true }
  const from = vkeyFile ?? path.join(logFolder(readConfig(process.env).dataDir), 'vkey')
  const text = readText(from)
  if (text === undefined)
    return `There is no key to hold it against: --key gives one, and ${from} is not there.`
  try {
    return { keys: [parseVkey(text)], from, pinned: false }
  } catch (error) {
    if (error instanceof KeyError) return `${from}: ${error.message}`
    throw error
  }
}

function read(args: string[]): Order | 'help' | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        key: { type: 'string', multiple: true, default: [] },
        witness: { type: 'string', multiple: true, default: [] },
        checkpoint: { type: 'string', multiple: true, default: [] },
        'vkey-file': { type: 'string' },
        lag: { type: 'string', default: '2' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return 'help'
    const [verb, file = '', ...more] = positionals
    const isVerify = verb === 'verify' && file === ''
    if (!(isVerify || (verb === 'verify-proof' && file !== '')) || more.length > 0) return ''
    const lag = Number(values.lag)
    if (!(lag >= 0)) return `--lag is "${values.lag}": must be a number of seconds.`
    return {
      verb,
      file,
      keys: values.key.map(parseVkey),
      witnesses: values.witness.map(parseVkey),
      checkpoints: values.checkpoint,
      vkeyFile: values['vkey-file'],
      lagMs: lag * 1000,
      json: values.json,
    }
  } catch (error) {
    // A key that cannot be read, or an option that does not exist.
    if (error instanceof KeyError || (error instanceof TypeError && 'code' in error)) return error.message
    throw error
  }
}

/** Progress on one line that is written over, and only where a person watches. */
function progressLine(out: NodeJS.WriteStream): (done: number, total: number) => void {
  let last = 0
  return (done, total) => {
    if (!out.isTTY) return
    if (done === total) out.write('\r\u001b[K')
    else if (performance.now() - last > 100) {
      last = performance.now()
      out.write(`\r\u001b[K${done.toLocaleString('en')} of ${total.toLocaleString('en')} entries`)
    }
  }
}

function readText(file: string): string | undefined {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ? fs.readFileSync(file, 'utf8') : undefined
}

function say(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}

function complain(text: string): number {
  process.stderr.write(`${text}\n`)
  return 2
}
