/** What a verification found wrong. The kind and the values are for whoever words it; `what` is the English sentence. */

export type Values = Readonly<Record<string, string | number>>

export type Finding = {
  kind: FindingKind
  /** The entry it is about, by its place in the tree; of several the first. Absent: it is about no entry. */
  index?: number
  entryId?: string
  values: Values
  what: string
}

/** Places that are not somebody's file or name. */
const places: Readonly<Record<string, string>> = {
  published: 'the published file "checkpoint"',
  keys_table: 'the table of keys',
  vkey_file: 'the published file "vkey"',
}
const at = (place: string | number | undefined) => places[String(place)] ?? String(place)

const reasons: Readonly<Record<string, string>> = {
  malformed: 'it is not written as such a thing is',
  unknown_key: 'no known key signed it',
  false_signature: 'the signature is false',
  not_asked_for: 'the entry it names did not ask for it',
}
const because = (why: string | number | undefined) => reasons[String(why)] ?? String(why)

/** In the order of what is said first about one entry. */
const sentences = {
  entry_edited: () => 'was edited in the database: the signed tree holds another text',
  row_deleted: ({ count }) =>
    count === 1
      ? 'was deleted from the database'
      : `and the ${Number(count) - 1} after it were deleted from the database`,
  last_rows_deleted: ({ size, count }) =>
    `is missing, and so is all that follows: the log was signed with ${size} entries, the last ${count} were deleted`,
  rows_swapped: ({ other }) => `and entry ${other} were swapped in the database`,
  row_inserted: ({ count }) =>
    count === 1
      ? 'was inserted into the database: the signed tree does not hold it'
      : `and the ${Number(count) - 1} after it were inserted into the database: the signed tree does not hold them`,
  row_replaced: ({ found }) => `is another in the database than in the signed tree: ${found}`,
  entries_rewritten: ({ last }) =>
    `to ${last}: at least one was rewritten in the database and in the published files, and only the signed tree tells`,
  bundle_and_tile_edited: ({ path, tile }) =>
    `was edited in the published bundle ${path}, and the tile ${tile} made to fit: the level above and the signed tree hold another`,
  bundle_edited: ({ path }) => `was edited in the published bundle ${path}`,
  bundle_truncated: ({ path }) => `is cut off, as is what follows in the published bundle ${path}`,
  bundle_missing: ({ path }) => `is not published: the bundle ${path} is missing`,
  tile_edited: ({ path }) => `has another hash in the published tile ${path}`,
  tile_truncated: ({ path }) => `has no hash in the published tile ${path}, which was cut short`,
  tile_missing: ({ path }) => `has no published hash: the tile ${path} is missing`,
  hash_edited: () => 'has another hash in the table of numbers than in the signed tree',
  column_edited: ({ column }) => `is shown with another "${column}" than its text says`,
  not_a_leaf: ({ why }) => `is no entry as they are written: ${why}`,
  payload_edited: () =>
    'has a payload (before and after, address, browser) that was changed, or belongs to another entry',
  payload_missing: () => 'lacks the payload it commits to, and no signed erasure covers it',
  payload_came_back: () => 'has a payload again that was erased, as a signed certificate says',
  payload_unsealed: () => 'has a payload that lies open, although those before it are sealed',
  payload_at_edited: () => 'has a payload that is filed under another time',
  payload_unasked: () => 'has a payload although it commits to none',
  object_ids_edited: () => 'names other objects in the table than in its payload',
  ip_index_edited: () => 'is filed under another address than its payload tells',
  clock_turned_back: ({ time, against }) =>
    `says it was written at ${time}, which its neighbours and the database contradict: ${against}`,
  root_differs: ({ size }) =>
    `or one after it differs from what was signed: the tree of ${size} entries has another root`,
  fork: ({ place, size }) =>
    `or one after it differs from what others were shown: ${at(place)} holds another signed tree of ${size} entries`,
  unsigned: ({ count, signed }) =>
    `and those after it, ${count} in all, have a number and no signature: the last checkpoint ends at ${signed}`,
  unnumbered: ({ since, count }) => `has waited for its number since ${since}; ${count} such entries in all`,
  checkpoint_signature: ({ place, size, why, signers }) =>
    `The checkpoint ${place === 'database' ? `of ${size} entries in the database` : `in ${at(place)}`} is not signed with the log's key: ` +
    `${because(why)}${signers === '' ? '' : ` (signed by ${signers})`}`,
  checkpoint_edited: ({ size }) =>
    `The checkpoint of ${size} entries says something else than its row in the database`,
  checkpoint_deleted: ({ place, size }) =>
    `${at(place)} knows a checkpoint of ${size} entries that the database does not know`,
  checkpoint_file_missing: () => 'The file "checkpoint" is not published',
  checkpoint_file_behind: ({ size, newest }) =>
    `The published checkpoint is one of ${size} entries, and the log was signed with ${newest}`,
  key_differs: ({ place, found }) => `${at(place)} names a key that is not this log's: ${found}`,
  key_not_introduced: ({ found }) =>
    `The table of keys names a key that no key of this log introduced: ${found}`,
  key_missing: ({ place }) => `${at(place)} names no key`,
  cosignature_wrong: ({ witness, size, why }) =>
    `The cosignature of ${witness} under the checkpoint of ${size} does not hold: ${because(why)}`,
  erasure_row_edited: ({ erasure }) =>
    `The erasure ${erasure} says something else than its signed certificate`,
  erasure_exceeded: ({ erasure, missing, erased }) =>
    `The erasure ${erasure} took ${erased} payloads, and ${missing} that it would cover are missing`,
  erasure_unfounded: ({ erasure }) => `The erasure ${erasure} is not what its entry in the log asks for`,
  published_beyond_the_head: ({ path, size, head }) =>
    `The published file ${path} belongs to a tree of ${size} entries, and the log has ${head}: a longer one was there`,
  erasure_wrong: ({ erasure, why }) => `The erasure ${erasure} has no valid certificate: ${because(why)}`,
} as const satisfies Record<string, (values: Values) => string>

export type FindingKind = keyof typeof sentences

const kinds = Object.keys(sentences)

export type About = { index?: number | undefined; entryId?: string | undefined; values?: Values }

export type Findings = {
  add(kind: FindingKind, about?: About): void
  /** The first entry first; what is about no entry last. */
  list(): Finding[]
  /** How many there are of each kind, kept or not. */
  counts(): Partial<Record<FindingKind, number>>
}

/** Of each kind the first so many are kept: after an insertion every entry that follows may be wrong. */
const keptOfAKind = 100

export function openFindings(): Findings {
  const found: Finding[] = []
  const counts = new Map<FindingKind, number>()
  return {
    add(kind, { index, entryId, values = {} } = {}) {
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      if (count > keptOfAKind) return
      found.push({
        kind,
        ...(index === undefined ? {} : { index }),
        ...(entryId === undefined ? {} : { entryId }),
        values,
        what: wordsFor(kind, index, entryId, values),
      })
    },
    list: () =>
      found.toSorted(
        (one, other) =>
          (one.index ?? Infinity) - (other.index ?? Infinity) ||
          kinds.indexOf(one.kind) - kinds.indexOf(other.kind) ||
          0,
      ),
    counts: () => Object.fromEntries(counts),
  }
}

function wordsFor(
  kind: FindingKind,
  index: number | undefined,
  entryId: string | undefined,
  values: Values,
): string {
  const sentence = sentences[kind](values)
  if (index === undefined && entryId === undefined)
    return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`
  return `${[index === undefined ? 'Entry' : `Entry ${index}`, entryId === undefined ? '' : ` (${entryId})`].join('')} ${sentence}`
}
