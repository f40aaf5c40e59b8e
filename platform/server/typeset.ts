/**
 * Pages made of data: a Typst template and what it is given make a PDF, the same bytes each time (decision 10).
 * What people typed is handed over as data and never as markup: a template says `#name`, and a name that reads
 * `#import "x"` is printed as it was typed.
 */
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import path from 'node:path'
import { families, fontsFor } from './typeset/fonts.ts'

/** What no font of ours can write: printed it would be an empty box in place of somebody's name. */
export class Unprintable extends Error {
  readonly characters: readonly string[]
  constructor(characters: readonly string[]) {
    super('no font has a glyph for what should be printed')
    this.characters = characters
  }
}

export type Extras = {
  /** Pictures by the paths under which the template asks for them: `/logo.png`. */
  files?: Readonly<Record<string, Buffer>>
  /** A text that travels inside the PDF, which is a PDF/A-3b then (ISO 19005-3): the same facts for a machine. */
  attachment?: { name: string; mediaType: string; description: string; text: string }
}

/**
 * @param template Typst markup; it finds what it is given as `data`, and the names of the fonts as `families`
 * @param data plain JSON
 * @returns a tagged PDF/A-2a (ISO 19005-2)
 * @throws Unprintable
 */
export function typesetPdf(template: string, data: unknown, extras: Extras = {}): Buffer {
  const pdfStandard = extras.attachment ? 'a-3b' : 'a-2a'
  return compiled(template, data, (compiler, document) => compiler.pdf(document, { pdfStandard }), extras)
}

/** @throws Unprintable what none of our fonts can write */
export function mustBePrintable(data: unknown): void {
  const { missing } = fontsFor(textsIn(data).join(''))
  if (missing.length > 0) throw new Unprintable(missing)
}

/** The same pages as a picture, one below the other, for screens that show no PDF in place. @throws Unprintable */
export function typesetSvg(
  template: string,
  data: unknown,
  { files = {} }: Pick<Extras, 'files'> = {},
): string {
  return compiled(template, data, (compiler, document) => compiler.plainSvg(document), { files })
}

/** What a template's `/` is. */
const workspace = path.join(import.meta.dirname, 'typeset')

/** One per set of fonts: making one reads them all. */
const compilers = new Map<readonly Buffer[], NodeCompiler>()

function compilerWith(blobs: Buffer[]): NodeCompiler {
  const known = compilers.get(blobs)
  if (known) return known
  // Besides what it is given it takes the machine's own fonts, and no option says otherwise.
  const before = process.env['FONTCONFIG_FILE']
  process.env['FONTCONFIG_FILE'] = path.join(workspace, 'no-fonts.conf')
  try {
    const made = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: blobs }] })
    compilers.set(blobs, made)
    return made
  } finally {
    if (before === undefined) delete process.env['FONTCONFIG_FILE']
    else process.env['FONTCONFIG_FILE'] = before
  }
}

const given = `#let data = json(bytes(sys.inputs.data))
#let families = json(bytes(sys.inputs.families))
`
const attaching = `#{
  let named = json(bytes(sys.inputs.named))
  pdf.attach(named.name, bytes(sys.inputs.attached), relationship: "alternative", mime-type: named.mediaType, description: named.description)
}
`

function compiled<R>(
  template: string,
  data: unknown,
  give: (compiler: NodeCompiler, document: NodeTypstDocument) => R,
  { files = {}, attachment }: Extras = {},
): R {
  const json = JSON.stringify(data)
  const { blobs, missing } = fontsFor(textsIn(data).join(''))
  if (missing.length > 0) throw new Unprintable(missing)
  const compiler = compilerWith(blobs)
  const { text: attached = '', ...named } = attachment ?? {}
  try {
    for (const [place, bytes] of Object.entries(files)) compiler.mapShadow(path.join(workspace, place), bytes)
    const result = compiler.compile({
      mainFileContent: `${given}${attachment ? attaching : ''}${template}`,
      inputs: { data: json, families: JSON.stringify(families), named: JSON.stringify(named), attached },
    })
    const failed = result.takeError()
    // What it stumbled over may hold what people typed: a bug is told by its kind alone.
    if (failed || !result.result)
      throw new Error(`a page could not be typeset: ${failed?.kind ?? 'nothing came'}`)
    return give(compiler, result.result)
  } finally {
    for (const place of Object.keys(files)) compiler.unmapShadow(path.join(workspace, place))
    // It would keep every document it ever made.
    compiler.evictCache(0)
  }
}

function textsIn(data: unknown): string[] {
  if (typeof data === 'string') return [data]
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(textsIn) : []
}
