/** Every change a person makes to a document that is being typed. */
import {
  blankLine,
  changed,
  type EditedLine,
  inserted,
  isBlank,
  type LineText,
  moved,
  movedTo,
  without,
} from './edited-lines.ts'
import type { EditedDocument } from './edited-document.ts'
import { usualVat } from './vat-choices.ts'

export type Edit =
  | { do: 'line'; key: string; part: Partial<LineText> }
  /** Below the one named, or at the end. */
  | { do: 'add'; after: string | null }
  | { do: 'insert'; at: number; lines: readonly EditedLine[] }
  /** Several rows put in where one blank line stood. */
  | { do: 'paste'; key: string; lines: readonly EditedLine[] }
  | { do: 'remove'; key: string }
  | { do: 'move'; key: string; by: 1 | -1 }
  | { do: 'place'; key: string; to: number }
  | { do: 'set'; part: Partial<Omit<EditedDocument, 'lines'>> }
  | { do: 'take'; document: EditedDocument }

export function edit(document: EditedDocument, act: Edit): EditedDocument {
  if (act.do === 'take') return act.document
  if (act.do === 'set') return { ...document, ...act.part }
  const lines = editLines(document.lines, act)
  return lines === document.lines ? document : { ...document, lines }
}

type LineEdit = Exclude<Edit, { do: 'set' } | { do: 'take' }>

function editLines(lines: readonly EditedLine[], act: LineEdit): readonly EditedLine[] {
  const placeOf = (key: string) => lines.findIndex((line) => line.key === key)
  switch (act.do) {
    case 'line':
      return changed(lines, act.key, act.part)
    case 'add': {
      const before = act.after === null ? lines.length - 1 : placeOf(act.after)
      return inserted(lines, before + 1, blankLine(lines[before] ?? likeUsual))
    }
    case 'insert':
      return inserted(lines, act.at, ...act.lines)
    case 'paste': {
      const at = placeOf(act.key)
      const here = lines[at]
      return here && isBlank(here)
        ? lines.toSpliced(at, 1, ...act.lines)
        : inserted(lines, at + 1, ...act.lines)
    }
    case 'remove': {
      const left = without(lines, act.key)
      // There is always a line to type into.
      return left.length > 0 ? left : [blankLine(lines[0] ?? likeUsual)]
    }
    case 'move':
      return moved(lines, act.key, act.by)
    case 'place':
      return movedTo(lines, act.key, act.to)
  }
}

const likeUsual = { unit: 'C62', vat: usualVat }
