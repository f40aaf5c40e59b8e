/** What a verification of the audit log, or of a proof, found: as a person reads it in a terminal. */
import type { ExportCheck, ProofCheck, Verification } from '#server/audit'

/** Findings written out; the others are counted, and --json has them. */
const findingsNamed = 10

const count = (value: number, word: string, words = `${word}s`) =>
  `${value.toLocaleString('en')} ${value === 1 ? word : words}`

export function verificationReport(verification: Verification): string {
  const { sound, findings, counts, size, root, entries, keys, pinned } = verification
  const { payloadsOpened, payloadsErased, checkpoints, cosignatures } = verification
  const [first, ...others] = findings
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0)
  const named = others.slice(0, findingsNamed - 1)
  const unsaid = all - 1 - named.length
  const lines = [sound ? 'The log is sound.' : `The log is NOT sound: ${count(all, 'finding')}.`, '']
  if (first) lines.push(`First: ${first.what}`)
  lines.push(...named.map(({ what }) => `       ${what}`))
  if (unsaid > 0) lines.push(`       and ${unsaid.toLocaleString('en')} more`)
  if (first) lines.push('')
  lines.push(
    `  entries       ${entries.toLocaleString('en')} numbered, ${size.toLocaleString('en')} signed`,
    `  root          ${root}`,
    `  payloads      ${payloadsOpened.toLocaleString('en')} as committed to, ${payloadsErased.toLocaleString('en')} erased with a certificate`,
    `  checkpoints   ${count(checkpoints, 'signature')} of the log, ${cosignatures.verified.toLocaleString('en')} of witnesses` +
      (cosignatures.unknown > 0
        ? `, ${cosignatures.unknown.toLocaleString('en')} of witnesses whose key was not given`
        : ''),
    ...keys.map((key) => `  key           ${key}`),
  )
  if (!pinned)
    lines.push(
      '',
      'The key was taken from the log itself: whoever replaced all of it replaced that too. --key pins the one you know.',
    )
  return lines.join('\n')
}

/** @param key where the key was taken from */
export function proofReport(
  check: Extract<ProofCheck, { holds: true }>,
  key: { from: string; pinned: boolean },
): string {
  const { entry, leaf, index, size, origin, keyId, cosignatures, unknown } = check
  const object = entry && [entry.object.type, entry.object.id ?? entry.object.count].filter(Boolean).join(' ')
  return [
    'The proof holds: this entry stands in the log.',
    '',
    ...(entry
      ? [
          ...line('what', `${entry.verb} (${entry.result})`),
          ...line('when', entry.time),
          ...line('who', `${entry.actor.type} ${entry.actor.id}`),
          ...line('on behalf of', entry.onBehalfOf && `${entry.onBehalfOf.type} ${entry.onBehalfOf.id}`),
          ...line('object', object),
          ...line('reason', entry.reason),
          ...line('ticket', entry.ticket),
          ...line('entry', entry.id),
        ]
      : line('entry', leaf)),
    '',
    ...line('log', `${origin}, key ${keyId}`),
    ...line('place', `index ${index} of a tree of ${size}`),
    ...witnessed(cosignatures),
    ...unknown.flatMap(({ name, keyId: id }) =>
      line('not verified', `a signature of ${name} (${id}), whose key was not given`),
    ),
    '',
    heldAgainst(key),
  ].join('\n')
}

/** @param key where the key was taken from */
export function exportReport(
  {
    entries,
    payloads,
    erased,
    notNumbered,
    origin,
    keyId,
    size,
    cosignatures,
  }: Extract<ExportCheck, { holds: true }>,
  key: { from: string; pinned: boolean },
): string {
  return [
    `The export holds: ${count(entries, 'entry', 'entries')} of it ${entries === 1 ? 'stands' : 'stand'} in the log.`,
    '',
    ...line(
      'payloads',
      `${payloads.toLocaleString('en')} as committed to, ${erased.toLocaleString('en')} erased since`,
    ),
    ...line(
      'not proved',
      notNumbered > 0 ? `${count(notNumbered, 'entry', 'entries')} without a number yet` : undefined,
    ),
    ...line('log', `${origin}, key ${keyId}`),
    ...line('place', `a tree of ${size}`),
    ...witnessed(cosignatures),
    '',
    heldAgainst(key),
  ].join('\n')
}

const line = (name: string, value: string | undefined) =>
  value === undefined ? [] : [`  ${name.padEnd(13)} ${value}`]

const witnessed = (cosignatures: readonly { witness: string; time: number | undefined }[]) =>
  cosignatures.flatMap(({ witness, time }) =>
    line('witnessed by', `${witness}${time === undefined ? '' : `, ${new Date(time * 1000).toISOString()}`}`),
  )

const heldAgainst = (key: { from: string; pinned: boolean }) =>
  key.pinned
    ? `Held against the key given by ${key.from}.`
    : `Held against the key in ${key.from}: worth what you trust that file. --key pins the one you know.`
