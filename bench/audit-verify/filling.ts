// A log as the server and the sequencer leave it behind, made quickly: leaves and sealed payloads in the tables, the tree
// in files, a signed checkpoint every so many entries.
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { uuidv7 } from '#platform/server/ids.ts'
import type { Vault } from '#platform/server/vault.ts'
import { openGrowing } from '../../modules/audit/server/sequencing/growing.ts'
import { openStore } from '../../modules/audit/server/sequencing/store.ts'
import { signCheckpoint } from '../../modules/audit/server/tree/checkpoints.ts'
import { leafHash } from '../../modules/audit/server/tree/hashes.ts'
import { generateKey } from '../../modules/audit/server/tree/keys.ts'
import { rowOf, type NewEntry } from '../../modules/audit/server/writing.ts'

/** As many as come between two looks of the sequencer at 2,000 entries a second. */
const signedEvery = 500
const filesAtOnce = 256

export async function fill(on: {
  adminUrl: string
  folder: string
  vault: Vault
  entries: number
}): Promise<void> {
  const clients = await Promise.all(Array.from({ length: 4 }, () => loader(on.adminUrl)))
  try {
    const [entries, payloads, leaves, checkpoints] = [
      copying(clients[0]!, 'audit_entries (leaf, object_ids, written_at)'),
      copying(clients[1]!, 'audit_payloads (entry_id, at, sealed, ip_index)'),
      copying(clients[2]!, 'audit_leaves (index, entry_id, hash)'),
      copying(clients[3]!, 'audit_checkpoints (size, root, note, signed_at)'),
    ]
    const { signer } = generateKey('backoffice.example/audit/log')
    const store = await openStore(on.folder, { durable: false })
    const tree = openGrowing()
    const began = Date.now() - on.entries - 60_000
    let note = ''
    for (let index = 0; index < on.entries; index++) {
      const at = new Date(began + index)
      const row = rowOf(on.vault, { id: uuidv7(at.getTime()), at }, entryAt(index))
      const leaf = Buffer.from(row.leaf)
      const time = at.toISOString()
      await write(entries, [row.leaf.replaceAll('\\', '\\\\'), idsText(row.objectIds), time])
      if (row.sealed) await write(payloads, [row.id, time, bytea(row.sealed), bytea(row.ipIndex)])
      await write(leaves, [String(index), row.id, bytea(leafHash(leaf))])
      tree.append(leaf)
      const size = index + 1
      if (size % signedEvery === 0 || size === on.entries) {
        const head = { origin: signer.vkey.name, size, root: tree.root() }
        note = signCheckpoint(head, signer)
        await write(checkpoints, [String(size), bytea(head.root), note.replaceAll('\n', '\\n'), time])
      }
      if (size % (filesAtOnce * 256) === 0) await store.write(tree.takeFullFiles())
      if (size % 100_000 === 0) console.log(`${size} of ${on.entries} entries written`)
    }
    await store.write([
      ...tree.takeFiles(),
      { path: 'checkpoint', bytes: Buffer.from(note) },
      { path: 'vkey', bytes: Buffer.from(`${signer.vkey.text}\n`) },
    ])
    for (const copy of [entries, payloads, leaves, checkpoints]) {
      copy.end()
      await finished(copy)
    }
    await clients[0]!.query('INSERT INTO audit_keys (vkey, origin) VALUES ($1, $2)', [
      signer.vkey.text,
      signer.vkey.name,
    ])
    await clients[0]!.query('VACUUM (ANALYZE) audit_entries, audit_payloads, audit_leaves, audit_checkpoints')
  } finally {
    await Promise.all(clients.map((client) => client.end()))
  }
}

/** Most entries change one thing, some tell of many, some of a look; as long as those of a real day. */
function entryAt(index: number): NewEntry {
  const id = (of: number) => `0192f3a1-0000-7000-8000-${String(of % 5_000).padStart(12, '0')}`
  const many = index % 100 === 7
  return {
    actor: { type: 'staff', id: id(index % 40) },
    session: id(index % 400),
    verb: many ? 'clients.tagged' : index % 4 === 0 ? 'client.read' : 'client.updated',
    object: many ? { type: 'client' } : { type: 'client', id: id(index) },
    reason: index % 50 === 0 ? `Demande n° ${index}, à la suite d’un appel` : undefined,
    result: index % 4 === 0 ? 'seen' : 'done',
    before: index % 4 === 0 || many ? undefined : { city: 'Nancy', phone: '+33639981234' },
    after: many
      ? { ids: [id(1), id(2), id(3)] }
      : index % 4 === 0
        ? undefined
        : { city: 'Metz', phone: null },
    origin: {
      id: id(index),
      ip: `192.0.2.${index % 250}`,
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    },
  }
}

/** As the owner: without triggers. */
async function loader(url: string): Promise<pg.Client> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('SET session_replication_role = replica; SET synchronous_commit = off')
  return client
}

const copying = (client: pg.Client, target: string): Writable =>
  client.query(copyFrom(`COPY ${target} FROM STDIN`))

/** A row of COPY's text. */
async function write(copy: Writable, fields: readonly (string | null)[]): Promise<void> {
  const line = `${fields.map((field) => field ?? '\\N').join('\t')}\n`
  if (!copy.write(line)) await once(copy, 'drain')
}

const bytea = (bytes: Uint8Array | null) => (bytes ? `\\\\x${Buffer.from(bytes).toString('hex')}` : null)
const idsText = (ids: string[] | null) => (ids ? `{${ids.join(',')}}` : null)
