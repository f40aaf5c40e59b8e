/**
 * A witness as c2sp.org/tlog-witness describes it, written from that text alone: it shares no code with the product, so
 * that both can be wrong in one way only if the text was read wrongly twice.
 */
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import type { Heard, Reply } from './loopback.ts'

type Seen = { size: number; root: Buffer }

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
const node = (left: Buffer, right: Buffer) => sha256(Buffer.of(1), left, right)

/** @param trusted the vkeys of the logs it knows, by their origins */
export function c2spWitness(name: string, trusted: Record<string, string>) {
  const pair = generateKeyPairSync('ed25519')
  const publicKey = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const keyed = Buffer.concat([Buffer.of(4), publicKey])
  const keyId = sha256(Buffer.from(`${name}\n`), keyed).subarray(0, 4)
  const seen = new Map<string, Seen>()
  const asked: string[] = []

  function cosign(text: string): string {
    const seconds = Math.floor(Date.now() / 1000)
    const time = Buffer.alloc(8)
    time.writeBigUInt64BE(BigInt(seconds))
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), pair.privateKey)
    return `— ${name} ${Buffer.concat([keyId, time, signature]).toString('base64')}\n`
  }

  function addCheckpoint(body: string): Reply {
    const split = body.indexOf('\n\n')
    const [old = '', ...lines] = body.slice(0, split).split('\n')
    const note = body.slice(split + 2)
    const oldSize = Number(/^old (0|[1-9]\d*)$/.exec(old)?.[1] ?? Number.NaN)
    if (split < 0 || Number.isNaN(oldSize) || lines.length > 63) return { status: 400 }
    const text = note.slice(0, note.lastIndexOf('\n\n') + 1)
    const [origin = '', decimals = '', root = ''] = text.split('\n')
    const vkey = trusted[origin]
    if (!vkey) return { status: 404 }
    if (!isSigned(note, text, vkey)) return { status: 403 }
    const head = { size: Number(decimals), root: Buffer.from(root, 'base64') }
    if (oldSize > head.size) return { status: 400 }
    const last = seen.get(origin) ?? { size: 0, root: sha256() }
    const conflict = {
      status: 409,
      headers: { 'content-type': 'text/x.tlog.size' },
      body: `${last.size}\n`,
    }
    if (oldSize !== last.size) return conflict
    if (oldSize === head.size && !last.root.equals(head.root)) return conflict
    const proof = lines.map((line) => Buffer.from(line, 'base64'))
    if (!grewFrom(last, head, proof)) return { status: 422 }
    // Before the answer, so that no answer is ever taken back.
    seen.set(origin, head)
    return { status: 200, body: cosign(text) }
  }

  return {
    vkey: `${name}+${keyId.toString('hex')}+${keyed.toString('base64')}`,
    /** What it was asked, the bodies as they came. */
    asked,
    seen,
    cosign,
    answer({ method, path, body }: Heard): Reply {
      if (method !== 'POST' || !path.endsWith('/add-checkpoint')) return { status: 404 }
      asked.push(body.toString())
      return addCheckpoint(body.toString())
    },
  }
}

/** c2sp.org/signed-note: one line under the text by the name and id of the key. */
function isSigned(note: string, text: string, vkey: string): boolean {
  const [name = '', id = '', ...base64] = vkey.split('+')
  const key = createPublicKey({
    key: Buffer.concat([
      Buffer.from('302a300506032b6570032100', 'hex'),
      Buffer.from(base64.join('+'), 'base64').subarray(1),
    ]),
    format: 'der',
    type: 'spki',
  })
  return note
    .slice(text.length + 1)
    .split('\n')
    .some((line) => {
      const [dash, signer, bytes = ''] = line.split(' ')
      const signature = Buffer.from(bytes, 'base64')
      const isTheirs = dash === '—' && signer === name && signature.toString('hex', 0, 4) === id
      return isTheirs && verify(null, Buffer.from(text), key, signature.subarray(4))
    })
}

/** RFC 6962 section 2.1.2, by its recursive definition: the proof is taken apart as it was put together. */
function grewFrom(old: Seen, now: Seen, proof: readonly Buffer[]): boolean {
  if (old.size === 0) return proof.length === 0
  if (old.size === now.size) return proof.length === 0 && old.root.equals(now.root)
  const left = [...proof]
  /** Roots of the first m leaves, and of all n of them, of one subtree. */
  function subproof(m: number, n: number, whole: boolean): { before: Buffer; after: Buffer } | undefined {
    if (m === n) {
      const hash = whole ? old.root : left.shift()
      return hash && { before: hash, after: hash }
    }
    let k = 1
    while (k * 2 < n) k *= 2
    if (m <= k) {
      const inner = subproof(m, k, whole)
      const right = left.shift()
      return inner && right && { before: inner.before, after: node(inner.after, right) }
    }
    const inner = subproof(m - k, n - k, false)
    const first = left.shift()
    return inner && first && { before: node(first, inner.before), after: node(first, inner.after) }
  }
  const roots = subproof(old.size, now.size, true)
  return Boolean(left.length === 0 && roots?.before.equals(old.root) && roots.after.equals(now.root))
}
