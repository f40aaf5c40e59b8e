import { describe, expect, test } from 'vitest'
import { textOfPdf } from '../../tests/harness/pdf-text.ts'
import { typesetPdf, typesetSvg, Unprintable } from './typeset.ts'

const template = `#set document(title: "Essai", date: datetime(year: 2026, month: 11, day: 22))
#set text(font: families, lang: "fr")
#data.name`
const printed = (name: string) => typesetPdf(template, { name })

describe('a page made of data', () => {
  test('has the same bytes each time', () => {
    expect(printed('Zoé Fontaine').equals(printed('Zoé Fontaine'))).toBe(true)
    expect(printed('Zoé Fontaine').equals(printed('Zoe Fontaine'))).toBe(false)
  })

  test('is tagged, says its language, and holds its fonts', () => {
    const pdf = printed('Zoé Fontaine').toString('latin1')
    expect(pdf).toMatch(/^%PDF-1\.7/)
    expect(pdf).toMatch(/\/MarkInfo\s*<<\s*\/Marked true/)
    expect(pdf).toContain('/Lang (fr)')
    expect(pdf).toContain('pdfaid:part>2<')
    expect(pdf).toContain('/FontFile')
  })

  test.each([
    '#import "x": *',
    '$a^2$ @label *bold* _it_',
    '#{panic("no")} \\ // /* `raw` <a> [b]',
    '= Title\n- item',
  ])('prints %s as it was typed, and runs none of it', (typed) => {
    const letters = (text: string) => text.replaceAll(/\s/g, '')
    expect(letters(textOfPdf(printed(typed)))).toContain(letters(typed))
  })

  test.each([
    'Nguyễn Thị Hồng',
    'Łukasz Żółć',
    'Γιώργος',
    'Иван Їжак',
    'محمد',
    'משה',
    'राम',
    'สมชาย',
    'Արմեն',
    'გიორგი',
    '李小龍',
    'さくら',
    '김민수',
  ])('writes the name %s', (name) => {
    expect(() => printed(name)).not.toThrow()
  })

  test('refuses what none of its fonts can write, and says which characters', () => {
    expect(() => printed('Nimal නිමල්')).toThrow(Unprintable)
    try {
      printed('Nimal නි')
      expect.unreachable()
    } catch (error) {
      expect((error as Unprintable).characters).toEqual(['න', 'ි'])
    }
  })

  test('is also a picture that holds no script', () => {
    const svg = typesetSvg(template, { name: '<script>alert(1)</script>' })
    expect(svg).toMatch(/^<svg/)
    expect(svg).not.toContain('<script')
  })
})
