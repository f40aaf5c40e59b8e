import { createHash } from 'node:crypto'
import { ArchiveRefused } from './damage.ts'
import type { Manifest } from './manifest.ts'
import { opened, type Whose } from './sealing.ts'
import { sectionsOf, type Section } from './sections.ts'

/** An archive's sections in the clear. @throws ArchiveRefused, perhaps in the middle: `checkArchive` first */
export const readArchive = (
  whose: Whose,
  tenantKey: Uint8Array,
  stored: AsyncIterable<Uint8Array>,
): AsyncGenerator<Section> => sectionsOf(opened(whose, tenantKey, stored))

/**
 * Reads an archive to its end and holds what is in it against its manifest, keeping nothing: after this one knows that
 * it is whole, before anything is made of it.
 * @throws ArchiveRefused
 */
export async function checkArchive(
  whose: Whose,
  tenantKey: Uint8Array,
  stored: AsyncIterable<Uint8Array>,
): Promise<Manifest> {
  const found = new Map<string, string>()
  let manifest: Manifest | undefined
  for await (const { head, data } of readArchive(whose, tenantKey, stored)) {
    if (manifest) throw new ArchiveRefused('archive_damaged', 'something follows the manifest')
    if (head.is === 'manifest') manifest = await manifestIn(data)
    else {
      const hash = createHash('sha256')
      for await (const chunk of data) hash.update(chunk)
      found.set(head.is === 'table' ? `table ${head.name}` : `file ${head.id}`, hash.digest('hex'))
    }
  }
  if (!manifest) throw new ArchiveRefused('archive_damaged', 'it has no manifest')
  holdAgainst(manifest, whose, found)
  return manifest
}

export async function manifestIn(data: AsyncIterable<Buffer>): Promise<Manifest> {
  const parts: Buffer[] = []
  for await (const part of data) parts.push(part)
  const manifest = JSON.parse(Buffer.concat(parts).toString('utf8')) as Manifest // written by archiveOf, sealed since
  if (manifest.format !== 1)
    throw new ArchiveRefused('archive_unknown', `its format is ${String(manifest.format)}`)
  return manifest
}

function holdAgainst(manifest: Manifest, whose: Whose, found: Map<string, string>): void {
  if (manifest.tenantId !== whose.tenantId || manifest.backupId !== whose.backupId)
    throw new ArchiveRefused('archive_foreign', 'its manifest names another tenant or backup')
  const expected = new Map<string, string>([
    ...manifest.tables.map(({ name, sha256 }) => [`table ${name}`, sha256] as const),
    ...manifest.files.flatMap((file) =>
      'missing' in file ? [] : [[`file ${file.id}`, file.sha256] as const],
    ),
  ])
  for (const what of new Set([...expected.keys(), ...found.keys()]))
    if (expected.get(what) !== found.get(what))
      throw new ArchiveRefused('archive_damaged', `${what} is not what the manifest says`)
}
