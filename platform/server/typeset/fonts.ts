/**
 * The fonts of printed pages: files of packages, never the machine's own, so that a page has the same bytes wherever it is
 * made. Inter writes Latin, Greek and Cyrillic; a name in another script is written by the first below that can.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { rootDir } from '#platform/server/config.ts'
import { type Glyphs, glyphsOf, hasGlyph } from './glyphs.ts'

type Font = { family: string; files: readonly string[] }

const inter = (weight: string) => `@expo-google-fonts/inter/${weight}/Inter_${weight}.ttf`

/** Of them all a page may need, in the order in which they are tried. */
const everyday: readonly Font[] = [
  { family: 'Inter', files: ['400Regular', '500Medium', '600SemiBold'].map(inter) },
  { family: 'Noto Sans Hebrew', files: ['@embedpdf/fonts-hebrew/fonts/NotoSansHebrew-Regular.ttf'] },
  { family: 'Noto Naskh Arabic', files: ['@embedpdf/fonts-arabic/fonts/NotoNaskhArabic-Regular.ttf'] },
  {
    family: 'Noto Sans Devanagari',
    files: ['@expo-google-fonts/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf'],
  },
  {
    family: 'Noto Sans Thai',
    files: ['@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf'],
  },
  // Armenian, Georgian, Lao, Tifinagh.
  { family: 'DejaVu Sans', files: ['dejavu-fonts-ttf/ttf/DejaVuSans.ttf'] },
]

/** Thirteen megabytes that are only read when somebody's name needs them: Chinese and Japanese, Korean. */
const eastAsian: readonly Font[] = [
  { family: 'Noto Sans S Chinese', files: ['@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf'] },
  { family: 'Noto Sans KR', files: ['@embedpdf/fonts-kr/fonts/NotoSansKR-Regular.otf'] },
]

export const families: readonly string[] = [...everyday, ...eastAsian].map(({ family }) => family)

type FontSet = { blobs: Buffer[]; glyphs: readonly Glyphs[] }

const everydaySet = once(() => setOf(everyday))
const wholeSet = once(() => setOf([...everyday, ...eastAsian]))

/** What a text is written with, and which of its characters none of our fonts has. */
export function fontsFor(text: string): { blobs: Buffer[]; missing: string[] } {
  const first = missingIn(text, everydaySet())
  if (first.length === 0) return { blobs: everydaySet().blobs, missing: [] }
  return { blobs: wholeSet().blobs, missing: missingIn(text, wholeSet()) }
}

function missingIn(text: string, { glyphs }: FontSet): string[] {
  return [...new Set(text)].filter((character) => {
    const codePoint = character.codePointAt(0) ?? 0
    return !isUnseen(character) && !glyphs.some((font) => hasGlyph(font, codePoint))
  })
}

/** Spaces, joiners and marks of direction need no glyph. */
const isUnseen = (character: string) => /[\p{Z}\p{C}]/u.test(character) && !/\p{Co}|\p{Cn}/u.test(character)

function setOf(fonts: readonly Font[]): FontSet {
  const read = fonts.map(({ files }) =>
    files.map((file) => readFileSync(path.join(rootDir, 'node_modules', file))),
  )
  return { blobs: read.flat(), glyphs: read.map(([regular]) => glyphsOf(regular ?? Buffer.alloc(0))) }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
