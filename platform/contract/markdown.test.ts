import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInline, parseMarkdown, type Block } from './markdown.ts'

const plain = (text: string) => [{ style: 'plain', text }]

/** Each would cost a careless reader time in proportion to the square of its length, and freeze whoever opens it. */
test.for([
  ['an address with a trail of dots', `https://x.fr/${'.'.repeat(2_000_000)}x`],
  ['an address of dots that end it', `https://x.fr/${'.'.repeat(2_000_000)}`],
  ['a heading of spaces', `#${' '.repeat(1_000_000)}\u2028x`],
  ['a point of spaces', `-${' '.repeat(1_000_000)}\u2029x`],
  ['a numbered point of spaces', `1.${' '.repeat(1_000_000)}\rx`],
  ['a quote of spaces', `>${' '.repeat(1_000_000)}\u2028x`],
] as const)('%s is read in no time', ([, text]) => {
  expect(parseMarkdown(text)).toHaveLength(1)
})

describe('the Markdown of notes and letters', () => {
  test('knows headings, lists, bold and italics, and keeps each line a line', () => {
    expect(
      parseMarkdown('# Séance\nCalme.\nPuis **très** *agitée*.\n\n- un\n- deux\n\n3. trois\n4. quatre'),
    ).toEqual([
      { kind: 'heading', level: 2, text: plain('Séance') },
      {
        kind: 'paragraph',
        lines: [
          plain('Calme.'),
          [
            { style: 'plain', text: 'Puis ' },
            { style: 'bold', text: 'très' },
            { style: 'plain', text: ' ' },
            { style: 'italic', text: 'agitée' },
            { style: 'plain', text: '.' },
          ],
        ],
      },
      { kind: 'list', ordered: false, start: 1, items: [plain('un'), plain('deux')] },
      { kind: 'list', ordered: true, start: 3, items: [plain('trois'), plain('quatre')] },
    ])
  })

  test('quotes what was quoted, line by line', () => {
    expect(parseMarkdown('> dit\n> encore\nréponse')).toEqual([
      { kind: 'quote', lines: [plain('dit'), plain('encore')] },
      { kind: 'paragraph', lines: [plain('réponse')] },
    ])
  })

  test('links lead to https, mailto and tel alone', () => {
    expect(parseInline('[ici](https://exemple.fr/a?b=1)')).toEqual([
      { style: 'link', text: 'ici', href: 'https://exemple.fr/a?b=1' },
    ])
    expect(parseInline('[nous](mailto:aide@exemple.fr)')[0]?.style).toBe('link')
    for (const other of ['[lien](http://exemple.fr)', '[lien](data:text/html,x)', '[lien](//exemple.fr)'])
      expect(parseInline(other)).toEqual(plain(other))
  })

  test('a bare address is a link, without the sentence’s own full stop and bracket', () => {
    expect(parseInline('voir (https://exemple.fr/page).')).toEqual([
      { style: 'plain', text: 'voir (' },
      { style: 'link', text: 'https://exemple.fr/page', href: 'https://exemple.fr/page' },
      { style: 'plain', text: ').' },
    ])
  })

  test('leaves anything else as the letters it is', () => {
    for (const text of [
      '<script>alert(1)</script>',
      '[lien](javascript:alert(1))',
      '2 * 3 * 4',
      '** pas gras **',
      '#sans espace',
      '&lt;b&gt;',
    ])
      expect(parseMarkdown(text)).toEqual([{ kind: 'paragraph', lines: [plain(text)] }])
  })

  test('loses no letter of what somebody wrote', () => {
    const written = fc.string({
      unit: fc.constantFrom('é', 'ש', '👩‍⚕️', '*', '#', '-', ' ', '\n', '1', '.', '<', '>', '[', ')'),
    })
    const letters = (text: string) => text.replaceAll(/[\s*#\-.•>]|\d/g, '')
    // « 1) » at the beginning of a line counts, and is no letter of it.
    const counting = /^ {0,3}\d{1,6}\)(?= )/gm
    fc.assert(
      fc.property(written, (text) => {
        expect(letters(parseMarkdown(text).flatMap(textOf).join(''))).toBe(
          letters(text.replaceAll(counting, '')),
        )
      }),
    )
  })

  test('is read in time that grows with the text, whatever stands in it', () => {
    for (const nasty of [
      '*'.repeat(50_000),
      '**a '.repeat(20_000),
      `${'*a'.repeat(20_000)}*`,
      '# '.repeat(50_000),
      '['.repeat(50_000),
      '> '.repeat(50_000),
      'https://('.repeat(10_000),
    ])
      expect(parseMarkdown(nasty).length).toBeGreaterThan(0)
  })
})

function textOf(block: Block): string[] {
  const parts = block.kind === 'heading' ? [block.text] : block.kind === 'list' ? block.items : block.lines
  return parts.flat().map(({ text }) => text)
}

test('marks round nothing stay what they are', () => {
  expect(parseInline('****')).toEqual(plain('****'))
})
