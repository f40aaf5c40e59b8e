import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FileInput, ReceivedFile } from '#platform/contract/endpoint.ts'
import { Platform } from './errors.ts'
import { newToken } from './random.ts'

/** Streams a body to disk, hashing and counting on the way; refuses it once it is larger than allowed and leaves nothing behind. */
export async function receiveFile(
  body: Readable,
  mediaType: string,
  allowed: FileInput,
  folder: string,
): Promise<ReceivedFile> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `upload-${newToken()}`)
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > allowed.maxBytes) return done(new Platform('body_too_large'))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    await pipeline(body, measure, createWriteStream(path, { mode: 0o600 }))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { path, bytes, sha256: hash.digest('hex'), mediaType }
}
