/** What proves an erasure: a text signed with the log's key, that anybody who has the verifier key can check. */
import type { Signer } from '../tree/keys.ts'
import { signNote } from '../tree/notes.ts'

export type Erasure = {
  id: string
  kind: 'age' | 'object' | 'person'
  before: Date
  objectType: string | null
  objectId: string | null
  actorId: string | null
  reason: string
  requestedBy: string | null
  requestedAt: Date
  entryId: string
}

export type Done = {
  erasure: Erasure
  /** Where the entry that tells of the request stands. */
  index: number
  erased: number
  at: Date
  /** The signed tree it left as it was. */
  tree: { size: number; root: Uint8Array }
}

/** The first line: no tree head begins so, hence none can be passed off as this, nor this as one. */
const heading = 'magestionpsy audit-payload-erasure v1'

/** A C2SP signed note. */
export const certificateOf = (done: Done, signer: Signer): string =>
  signNote(certificateText(done, signer.vkey.name), signer)

/** What is signed: one `name: value` a line, absent where there is nothing to say. */
export function certificateText({ erasure, index, erased, at, tree }: Done, log: string): string {
  const { objectType, objectId } = erasure
  const lines: [string, string | null][] = [
    ['log', log],
    ['erasure', erasure.id],
    ['request', `entry ${erasure.entryId} at index ${index}`],
    ['requested', erasure.requestedAt.toISOString()],
    ['requested by', erasure.requestedBy],
    // As JSON: a reason may have several lines, and a line of its own must not pass for one of ours.
    ['reason', JSON.stringify(erasure.reason)],
    ['kind', erasure.kind],
    ['object', erasure.kind === 'object' ? JSON.stringify([objectType, objectId]) : null],
    ['person', erasure.actorId === null ? null : JSON.stringify(erasure.actorId)],
    ['older than', erasure.before.toISOString()],
    ['payloads erased', String(erased)],
    ['done', at.toISOString()],
    ['tree', `${tree.size} entries, root ${Buffer.from(tree.root).toString('base64')}`],
  ]
  const said = lines.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}\n`]))
  return `${heading}\n${said.join('')}`
}
