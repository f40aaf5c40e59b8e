import { describe, expect, test } from 'vitest'
import { asLink, continueList, toggleBold, toggleItalic, togglePrefix } from './marking.ts'

describe('the buttons over the text', () => {
  const [start, end] = [3, 8]
  test('set what is selected in bold, and back', () => {
    const bold = toggleBold({ text: 'un gros chat', start, end: 7 })
    expect(bold).toEqual({ text: 'un **gros** chat', start: 5, end: 9 })
    expect(toggleBold(bold)).toEqual({ text: 'un gros chat', start, end: 7 })
  })
  test('set it in italics, and back, whether it is bold or not', () => {
    const italic = toggleItalic({ text: 'un gros chat', start, end: 7 })
    expect(italic).toEqual({ text: 'un *gros* chat', start: 4, end: 8 })
    expect(toggleItalic(italic).text).toBe('un gros chat')
    const both = toggleItalic(toggleBold({ text: 'un gros chat', start, end: 7 }))
    expect(both.text).toBe('un ***gros*** chat')
    expect(toggleItalic(both).text).toBe('un **gros** chat')
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
  test('make a link of words, whose address is then typed, and of an address, whose words are', () => {
    expect(asLink({ text: 'voir ici', start: 5, end: 8 })).toEqual({
      text: 'voir [ici](https://)',
      start: 11,
      end: 19,
    })
    expect(asLink({ text: 'https://exemple.fr', start: 0, end: 18 })).toEqual({
      text: '[](https://exemple.fr)',
      start: 1,
      end: 1,
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
