/** The key the log is signed with. Only the sequencer's process reads it. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { generateKey, KeyError, parseSkey, type Signer } from '../tree/keys.ts'
import { SequencerRefusal } from './refusal.ts'

/** @throws {SequencerRefusal} it is there and cannot be used. @returns undefined when there is none */
export function readSigningKey(file: string): Signer | undefined {
  const stat = fs.statSync(file, { throwIfNoEntry: false })
  if (!stat) return undefined
  if (stat.mode & 0o077)
    throw new SequencerRefusal(
      `The signing key ${file} can be read by others than its owner: chmod 600 it, and ask who may have read it.`,
    )
  try {
    return parseSkey(fs.readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof KeyError)
      throw new SequencerRefusal(`The signing key ${file} is damaged: ${error.message}.`)
    throw error
  }
}

/** Makes the key of a new log. A file that came to be there meanwhile is left alone, and is the one that is read. */
export function makeSigningKey(file: string, origin: string): Signer {
  const folder = path.dirname(file)
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = path.join(folder, `.${randomBytes(8).toString('hex')}`)
  try {
    fs.writeFileSync(draft, `${generateKey(origin).skey}\n`, { mode: 0o600, flush: true })
    fs.linkSync(draft, file)
    syncFolder(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    fs.rmSync(draft, { force: true })
  }
  const made = readSigningKey(file)
  if (!made) throw new Error(`${file} went away while it was being made`)
  return made
}

/** A key that is signed with and then lost by a power cut would end the log. */
function syncFolder(folder: string): void {
  const handle = fs.openSync(folder, 'r')
  fs.fsyncSync(handle)
  fs.closeSync(handle)
}
