import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { contentsOf, type Exported, type ExportSource } from './contents.ts'
import { zipped, type Entry } from '#platform/server/zip.ts'

/**
 * The same for a member, on a connection of their own role: what the practice holds but its notes, and besides it what they alone may
 * read and asked for.
 * @throws ZipTooLarge
 */
export async function exportAsMember(
  path: string,
  source: Omit<ExportSource, 'progress' | 'reader' | 'withOwnNotes'>,
  besides: readonly Entry[],
): Promise<Exported> {
  let exported: Exported | undefined
  async function* all() {
    const withOwnNotes = besides.length > 0
    const whole = { ...source, reader: 'member' as const, withOwnNotes, progress: () => {} }
    yield* contentsOf(whole, (told) => (exported = told))
    yield* besides
  }
  await pipeline(zipped(all()), createWriteStream(path, { mode: 0o600 }))
  if (!exported) throw new Error('an export ended without its end')
  return exported
}
