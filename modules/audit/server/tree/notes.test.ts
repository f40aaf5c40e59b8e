import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoints.ts'
import { openEdge } from './edge.ts'
import { leafHash } from './hashes.ts'
import { generateKey, KeyError, parseSkey, parseVkey } from './keys.ts'
import { NoteError, openNote, parseSignatureLine, signatureLine, signNote, withSignature } from './notes.ts'
import { formatProof, parseProof, ProofError, verifyProof } from './proof-file.ts'
import { inclusionProof } from './proofs.ts'

const log = generateKey('magestionpsy.example/audit/log').signer
const witness = generateKey('witness.example/w1', 0x04).signer
const root = leafHash(Buffer.from('one'))
const head = { origin: log.vkey.name, size: 1, root }

describe('keys', () => {
  test('are read as they were written', () => {
    const { skey, signer } = generateKey('example.com/log')
    expect(parseSkey(`${skey}\n`).vkey.text).toBe(signer.vkey.text)
    expect(parseVkey(signer.vkey.text).publicKey).toEqual(signer.vkey.publicKey)
    expect(skey).toMatch(/^PRIVATE\+KEY\+example\.com\/log\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/)
  })

  test('whose id is another key’s, whose name has a space, or of an unknown type are refused', () => {
    const { name, id, publicKey, text } = log.vkey
    const of = (type: number) => Buffer.concat([Buffer.of(type), publicKey]).toString('base64')
    expect(() => parseVkey(text.replace(id, id === '00000000' ? '00000001' : '00000000'))).toThrow(KeyError)
    expect(() => parseVkey(text.replace(name, 'an other'))).toThrow(KeyError)
    expect(() => parseVkey(`${name}+${id}+${of(6)}`)).toThrow('unknown type')
    expect(() => parseVkey(`${name}+${id}`)).toThrow('this is no vkey')
  })
})

describe('a note', () => {
  const note = signNote('Un texte\n\nen deux parties\n', log)

  test('opens with the key that signed it, and with its text to the last newline', () => {
    expect(openNote(note, [log.vkey]).text).toBe('Un texte\n\nen deux parties\n')
  })

  test('does not open once any character of it is another', () => {
    const characters = [...note]
    fc.assert(
      fc.property(
        fc.nat({ max: characters.length - 1 }),
        fc.constantFrom('a', 'é', ' ', '\n', '𝔘'),
        (at, other) => {
          fc.pre(characters[at] !== other)
          expect(() => openNote(characters.with(at, other).join(''), [log.vkey])).toThrow(NoteError)
        },
      ),
    )
  })

  test('with a false signature of a known key is refused even beside a true one', () => {
    const line = signatureLine('another text\n', log)
    expect(() => openNote(`${note}${line}\n`, [log.vkey])).toThrow('does not hold')
  })

  test('with signatures of unknown keys hands them back unbelieved', () => {
    const stranger = generateKey('stranger.example').signer
    const namesake = generateKey(log.vkey.name).signer
    const opened = openNote(signNote('text\n', stranger, log, namesake), [log.vkey])
    expect(opened.verified.map(({ id }) => id)).toEqual([log.vkey.id])
    expect(opened.unknown.map(({ id }) => id)).toEqual([stranger.vkey.id, namesake.vkey.id])
  })

  test.for([
    ['control characters', 'a\tb\n\n— a AAAAAAA=\n'],
    ['no signatures', 'text\n'],
    ['an empty list of signatures', 'text\n\n'],
    ['no newline at its end', 'text\n\n— a AAAAAAA='],
    ['a hyphen for a dash', 'text\n\n- a AAAAAAA=\n'],
    ['a signature too short', 'text\n\n— a AAAAAA==\n'],
    ['Base64 with bits to spare', 'text\n\n— a AAAAAAB=\n'],
    ['a plus in a name', 'text\n\n— a+b AAAAAAA=\n'],
    ['half a surrogate pair', 'te\ud800xt\n\n— a AAAAAAA=\n'],
  ])('with %s is none', ([, text]) => {
    expect(() => openNote(text!, [log.vkey])).toThrow(NoteError)
  })
})

describe('a checkpoint', () => {
  const note = signCheckpoint(head, log)

  test('is three lines, a blank one and the signature', () => {
    expect(note).toMatch(
      /^magestionpsy\.example\/audit\/log\n1\n[A-Za-z0-9+/]{43}=\n\n— magestionpsy\.example\/audit\/log [A-Za-z0-9+/=]+\n$/,
    )
    expect(openCheckpoint(note, [log.vkey])).toMatchObject(head)
  })

  test('whose size was edited does not open', () => {
    expect(() => openCheckpoint(note.replace('\n1\n', '\n2\n'), [log.vkey])).toThrow('does not hold')
  })

  test('signed by a key of another name than its origin does not open', () => {
    const other = generateKey('other.example/log').signer
    expect(() => openCheckpoint(signNote(formatCheckpoint(head), other), [other.vkey])).toThrow(
      'no signature of the log',
    )
  })

  test('signed by a witness only does not open', () => {
    const text = formatCheckpoint(head)
    const cosigned = `${text}\n${signatureLine(text, witness, 1_679_315_147)}\n`
    expect(() => openCheckpoint(cosigned, [log.vkey], [witness.vkey])).toThrow('no signature of the log')
  })

  test.for(['01', '-1', '1.0', '1e3', '', ' 1', '9007199254740993'])('of size "%s" is none', (size) => {
    expect(() => parseCheckpoint(`a\n${size}\n${root.toString('base64')}\n`)).toThrow(NoteError)
  })

  test('whose root is short, or with an empty extension line, is none', () => {
    expect(() => parseCheckpoint('a\n1\nAAAA\n')).toThrow(NoteError)
    expect(() => parseCheckpoint(`a\n1\n${root.toString('base64')}\n\n`)).toThrow(NoteError)
  })
})

describe('a cosignature', () => {
  const note = signCheckpoint(head, log)
  const { text } = openCheckpoint(note, [log.vkey])

  test('tells which witness saw the tree head, and when', () => {
    const cosigned = withSignature(note, signatureLine(text, witness, 1_679_315_147))
    expect(openCheckpoint(cosigned, [log.vkey], [witness.vkey])).toMatchObject({
      cosignatures: [{ name: 'witness.example/w1', time: 1_679_315_147 }],
      unknown: [],
    })
    expect(openCheckpoint(cosigned, [log.vkey]).unknown).toHaveLength(1)
    expect(withSignature(cosigned, signatureLine(text, witness, 1_679_315_147))).toBe(cosigned)
  })

  test('whose time was changed does not hold', () => {
    const { signature } = parseSignatureLine(signatureLine(text, witness, 1_679_315_147))
    signature.writeBigUInt64BE(1_679_315_148n)
    const line = `— witness.example/w1 ${Buffer.concat([Buffer.from(witness.vkey.id, 'hex'), signature]).toString('base64')}`
    expect(() => openCheckpoint(withSignature(note, line), [log.vkey], [witness.vkey])).toThrow(
      'does not hold',
    )
  })

  test('of the C2SP example tells its time', () => {
    const { id, signature } = parseSignatureLine(
      '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==',
    )
    expect([id, signature.length, signature.readBigUInt64BE()]).toEqual(['8d66cf3f', 72, 1_679_315_147n])
  })
})

describe('a proof file', async () => {
  const entries = ['un', 'deux', 'trois'].map((word) => Buffer.from(word))
  const edge = openEdge()
  for (const entry of entries) edge.append(leafHash(entry))
  const note = signCheckpoint({ origin: log.vkey.name, size: 3, root: edge.root() }, log)
  const proof = await inclusionProof(1, 3, (level, index) => {
    if (level > 0) throw new Error('not asked for')
    return leafHash(entries[index]!) // of three
  })
  const file = formatProof({ index: 1, proof, note, extra: entries[1]! })

  test('carries its entry and verifies with the log’s key alone', () => {
    expect(file.split('\n').slice(0, 3)).toEqual([
      'c2sp.org/tlog-proof@v1',
      `extra ${Buffer.from('deux').toString('base64')}`,
      'index 1',
    ])
    const verified = verifyProof(file, [log.vkey])
    expect(verified.entry.toString()).toBe('deux')
    expect(verified.index).toBe(1)
  })

  test('of another entry, index or tree is refused', () => {
    const put = (change: object) => formatProof({ ...parseProof(file), ...change })
    expect(() => verifyProof(put({ extra: entries[0] }), [log.vkey])).toThrow(ProofError)
    expect(() => verifyProof(put({ index: 0 }), [log.vkey])).toThrow(ProofError)
    expect(() => verifyProof(put({ proof: proof.slice(1) }), [log.vkey])).toThrow(ProofError)
    expect(() => verifyProof(put({ note: note.replace('\n3\n', '\n4\n') }), [log.vkey])).toThrow(NoteError)
    expect(() => verifyProof(file, [generateKey(log.vkey.name).signer.vkey])).toThrow(
      'no signature of a known key',
    )
  })

  test('is read back as it was written, and nothing else is one', () => {
    expect(formatProof(parseProof(file))).toBe(file)
    const lone = formatProof({ index: 0, proof: [], note: signCheckpoint(head, log) })
    expect(parseProof(lone)).toMatchObject({ index: 0, proof: [] })
    expect(() => verifyProof(lone, [log.vkey])).toThrow('it carries no entry')
    for (const [what, other] of [
      ['@v1', '@v2'],
      ['index 1', 'index 01'],
      ['index 1', 'index -1'],
      ['extra ', 'extra  '],
      ['extra ', 'more '],
      ['=\n', '\n'],
    ] as const)
      expect(() => parseProof(file.replace(what, other))).toThrow(ProofError)
  })
})
