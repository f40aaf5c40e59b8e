/** A witness that checks for itself that our log only grows, and signs what it saw: C2SP tlog-witness. */
import { NoteError, parseSignatureLine, requireSignature, splitNote } from '../tree/notes.ts'
import { consistencyProof } from '../tree/proofs.ts'
import { nodesOf, type ReadTile } from '../tree/reading.ts'
import type { Answer, Ask } from './asking.ts'
import type { Place } from './places.ts'
import { WitnessTrouble, type Handed, type Witness } from './witness.ts'

/** What we believed it held may be wrong once; if it changes under our hands, somebody else speaks for our log. */
const mostTries = 3

export function httpWitness(
  { name, prefix, vkey }: Extract<Place, { kind: 'http' }>,
  tiles: ReadTile,
  ask: Ask,
): Witness {
  async function add({ size, note }: Handed, old: number): Promise<Answer> {
    // From nothing, and from itself, every tree grew: the proof is empty.
    const proof = old === 0 || old === size ? [] : await consistencyProof(old, size, nodesOf(size, tiles))
    const lines = [`old ${old}`, ...proof.map((hash) => hash.toString('base64'))]
    return ask(`${prefix}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: `${lines.join('\n')}\n\n${note}`,
    })
  }

  function cosignatureIn(answer: string, note: string): string {
    const { text } = splitNote(note)
    try {
      for (const line of answer.split('\n').slice(0, -1)) {
        const signature = parseSignatureLine(line)
        // Others' are ignored, as the specification says.
        if (signature.name !== vkey.name || signature.id !== vkey.id) continue
        requireSignature(text, signature, vkey)
        return line
      }
    } catch (error) {
      if (error instanceof NoteError) throw new WitnessTrouble('cosignature_wrong', error.message)
      throw error
    }
    throw new WitnessTrouble('cosignature_wrong', 'no line of its key')
  }

  return {
    name,
    kind: 'http',
    async hand(checkpoint, last) {
      let old = last
      for (let tries = 1; ; tries++) {
        const answer = await add(checkpoint, old)
        if (answer.status === 200) return { line: cosignatureIn(answer.text, checkpoint.note) }
        if (answer.status !== 409) throw troubleOf(answer)
        const holds = sizeIn(answer)
        if (holds !== undefined && holds > checkpoint.size)
          throw new WitnessTrouble(
            'contradiction',
            `it saw ${holds} entries, our log says it has ${checkpoint.size}`,
          )
        if (holds === undefined || holds === old || tries === mostTries)
          throw old === checkpoint.size
            ? new WitnessTrouble('contradiction', `it holds another tree of ${old} entries`)
            : troubleOf(answer)
        old = holds
      }
    },
  }
}

/** The size it holds: a 409 says it in decimals, on a line of its own. */
function sizeIn({ headers, text }: Answer): number | undefined {
  const [type] = (headers.get('content-type') ?? '').split(';')
  const [, size] = /^(0|[1-9]\d{0,15})\n$/.exec(text) ?? []
  return type?.trim() === 'text/x.tlog.size' && size !== undefined ? Number(size) : undefined
}

function troubleOf({ status }: Answer): WitnessTrouble {
  const detail = `HTTP ${status}`
  if (status === 404) return new WitnessTrouble('log_unknown', detail)
  if (status === 403) return new WitnessTrouble('key_refused', detail)
  // The only thing it may refuse so is a proof that does not lead from what it holds to what we say now.
  if (status === 422)
    return new WitnessTrouble('contradiction', 'our log does not grow out of what it holds (HTTP 422)')
  return new WitnessTrouble(status >= 500 ? 'failed' : 'refused', detail)
}
