import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { continueList, toggleBold, togglePrefix } from './marking.ts'
import { parseInline, parseMarkdown, type Block } from './parse.ts'

const plain = (text: string) => [{ style: 'plain', text }]

describe('the Markdown of notes', () => {
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
      unit: fc.constantFrom('é', 'ש', '👩‍⚕️', '*', '#', '-', ' ', '\n', '1', '.', '<'),
    })
    const letters = (text: string) => text.replaceAll(/[\s*#\-.•]|\d/g, '')
    fc.assert(
      fc.property(written, (text) => {
        expect(letters(parseMarkdown(text).flatMap(textOf).join(''))).toBe(letters(text))
      }),
    )
  })

  test('is read in time that grows with the text, whatever stands in it', () => {
    for (const nasty of [
      '*'.repeat(50_000),
      '**a '.repeat(20_000),
      `${'*a'.repeat(20_000)}*`,
      '# '.repeat(50_000),
    ])
      expect(parseMarkdown(nasty).length).toBeGreaterThan(0)
  })
})

describe('the buttons over the text', () => {
  const [start, end] = [3, 8]
  test('set what is selected in bold, and back', () => {
    const bold = toggleBold({ text: 'un gros chat', start, end: 7 })
    expect(bold).toEqual({ text: 'un **gros** chat', start: 5, end: 9 })
    expect(toggleBold(bold)).toEqual({ text: 'un gros chat', start, end: 7 })
  })
  test('make a list of the selected lines, and lines of the list', () => {
    const list = togglePrefix({ text: 'un\ndeux\ntrois', start: 0, end }, '- ')
    expect(list.text).toBe('- un\n- deux\n- trois')
    expect(togglePrefix(list, '- ').text).toBe('un\ndeux\ntrois')
    expect(togglePrefix({ text: 'Séance', start: 2, end: 2 }, '# ')).toEqual({
      text: '# Séance',
      start: 8,
      end: 8,
    })
  })
  test('a list goes on with the next line, and ends on an empty point', () => {
    const at = (text: string) => ({ text, start: text.length, end: text.length })
    expect(continueList(at('- un'))?.text).toBe('- un\n- ')
    expect(continueList(at('9. neuf'))?.text).toBe('9. neuf\n10. ')
    expect(continueList(at('- un\n- '))?.text).toBe('- un\n')
    expect(continueList(at('rien'))).toBeUndefined()
  })
})

function textOf(block: Block): string[] {
  const parts = block.kind === 'heading' ? [block.text] : block.kind === 'list' ? block.items : block.lines
  return parts.flat().map(({ text }) => text)
}

test('marks round nothing stay what they are', () => {
  expect(parseInline('****')).toEqual(plain('****'))
})
