/** How wide columns are, from what stands in them: nobody waits for a hundred thousand rows to be measured. */
import { isNumber } from './ordering.ts'

const sampled = 200
/** Of a letter in 13 px, and of what stands around a cell's text. */
const [letter, around] = [8.4, 26]
const [least, most] = [72, 340]

export function widthsOf(
  columns: readonly { name: string; type: string }[],
  rows: readonly (readonly (string | null)[])[],
): number[] {
  const some = rows.slice(0, sampled)
  return columns.map(({ name, type }, index) => {
    const longest = some.reduce((long, row) => Math.max(long, row[index]?.length ?? 4), 0)
    // The sign of an order, and of a mask, stand beside the name.
    const wanted = Math.max(longest * letter + around, name.length * letter + around + 24)
    return Math.round(Math.min(most, Math.max(isNumber(type) ? least - 8 : least, wanted)))
  })
}
